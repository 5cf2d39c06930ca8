/* A bare server to measure ours by: one thread, epoll, and nothing of roulette but its bytes.
 *
 * It greets, signs in, seats, answers every bet with yes, and sends everybody the results when the
 * croupier starts the wheel; both dialects. No rules, no books, no limits, no proofs. `frames.h` is
 * made from our own `protocol` (frames.py), so that its bytes are ours.
 *
 * It prints its port, serves 127.0.0.1 until its standard input ends, and then prints its counts.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frames.h"

enum { DOOR = 1, HEADER = 11, LENGTH = 5, DIGEST = 64, NAME_MOST = 64, KEPT_MOST = 512 };

/* Bytes on their way to one client, or to many that did not take them at once. */
struct piece {
    size_t users, size;
    unsigned char bytes[];
};
struct waiting {
    struct waiting *next;
    struct piece *piece;
    size_t sent;
};
struct client {
    int fd;
    bool known, modern, seated, bet;
    unsigned char name_size, name[NAME_MOST];
    size_t kept_size;
    unsigned char kept[KEPT_MOST];
    struct waiting *first;
};

static struct client **clients; /* by descriptor */
static int most, epoll;
static unsigned long long round_number = 1, accounts, sign_ins, bets, spins, results_sent;

static unsigned long long get(const unsigned char *at, int size) {
    unsigned long long value = 0;
    while (size--) value = value << 8 | *at++;
    return value;
}

static void put(unsigned char *at, unsigned long long value, int size) {
    while (size--) at[size] = value & 255, value >>= 8;
}

static struct piece *new_piece(size_t size) {
    struct piece *piece = malloc(sizeof *piece + size);
    if (!piece) abort();
    piece->users = 1;
    piece->size = size;
    return piece;
}

static void let_go(struct piece *piece) {
    if (!--piece->users) free(piece);
}

static void watch(struct client *c, bool writing) {
    struct epoll_event event = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.fd = c->fd};
    epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
}

/* Send what the socket takes; true if it took all. Who is gone takes everything. */
static bool push(int fd, const unsigned char *bytes, size_t size, size_t *sent) {
    ssize_t n = send(fd, bytes + *sent, size - *sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0) return errno != EAGAIN;
    return (*sent += n) == size;
}

static void wait_for(struct client *c, struct piece *piece, size_t sent) {
    struct waiting *entry = malloc(sizeof *entry), **end = &c->first;
    if (!entry) abort();
    *entry = (struct waiting){NULL, piece, sent};
    piece->users++;
    if (!c->first) watch(c, true);
    while (*end) end = &(*end)->next;
    *end = entry;
}

static void say_piece(struct client *c, struct piece *piece) {
    size_t sent = 0;
    if (c->first || !push(c->fd, piece->bytes, piece->size, &sent)) wait_for(c, piece, sent);
}

static void say(struct client *c, const void *bytes, size_t size) {
    size_t sent = 0;
    if (!c->first && push(c->fd, bytes, size, &sent)) return;
    struct piece *piece = new_piece(size);
    memcpy(piece->bytes, bytes, size);
    wait_for(c, piece, sent);
    let_go(piece);
}

static void flush(struct client *c) {
    struct waiting *entry;
    while ((entry = c->first) && push(c->fd, entry->piece->bytes, entry->piece->size, &entry->sent)) {
        c->first = entry->next;
        let_go(entry->piece);
        free(entry);
    }
    if (!c->first) watch(c, false);
}

static void hang_up(struct client *c) {
    for (struct waiting *entry; (entry = c->first); free(entry)) {
        c->first = entry->next;
        let_go(entry->piece);
    }
    clients[c->fd] = NULL;
    close(c->fd);
    free(c);
}

/* --- the round ------------------------------------------------------------------------------- */

static struct piece *modern_results(const unsigned char *frames, size_t size) {
    struct piece *piece = new_piece(size);
    memcpy(piece->bytes, frames, size);
    for (size_t at = 0; at < size; at += HEADER + get(frames + at + 7, 4))
        put(piece->bytes + at + NUMBER_AT, round_number + (get(frames + at + 1, 2) == KIND_RoundOpened), 8);
    return piece;
}

static struct piece *classic_results(void) {
    size_t count = 0, size = 2 + LENGTH;
    for (int fd = 0; fd < most; fd++)
        if (clients[fd] && clients[fd]->bet) count++, size += LENGTH + clients[fd]->name_size + 2;
    struct piece *piece = new_piece(size);
    unsigned char *at = piece->bytes;
    *at++ = 0xC0;
    *at++ = 17;
    put(at, count, LENGTH), at += LENGTH;
    for (int fd = 0; fd < most; fd++) {
        struct client *c = clients[fd];
        if (!c || !c->bet) continue;
        put(at, c->name_size, LENGTH), at += LENGTH;
        memcpy(at, c->name, c->name_size), at += c->name_size;
        put(at, 35, 2), at += 2;
    }
    return piece;
}

static void spin(void) {
    struct piece *with_bet = modern_results(RESULTS, sizeof RESULTS);
    struct piece *without = modern_results(RESULTS_WITHOUT_BET, sizeof RESULTS_WITHOUT_BET);
    struct piece *classic = classic_results();
    for (int fd = 0; fd < most; fd++) {
        struct client *c = clients[fd];
        if (!c || !c->seated) continue;
        say_piece(c, !c->modern ? classic : c->bet ? with_bet : without);
        c->bet = false;
        results_sent++;
    }
    let_go(with_bet), let_go(without), let_go(classic);
    round_number++;
    spins++;
}

/* --- what clients say: each returns the bytes it used, 0 for an unfinished frame, -1 for noise --- */

static void answer(struct client *c, const unsigned char *frame, size_t size, const unsigned char *to,
                   unsigned long long second) {
    unsigned char said[512];
    memcpy(said, frame, size);
    memcpy(said + NUMBER_AT, to + NUMBER_AT, 8);
    if (second) put(said + ROUND_AT, second, 8);
    say(c, said, size);
}

static int hear_modern(struct client *c, const unsigned char *at, size_t size) {
    if (size < HEADER) return 0;
    if (*at != DOOR) return -1;
    size_t whole = HEADER + get(at + 7, 4);
    if (whole > KEPT_MOST) return -1;
    if (size < whole) return 0;
    switch (get(at + 1, 2)) {
    case KIND_Greeting:
        say(c, WELCOME, sizeof WELCOME);
        break;
    case KIND_SignIn:
        sign_ins++;
        answer(c, SIGNED_IN, sizeof SIGNED_IN, at, ++accounts);
        break;
    case KIND_TakeSeat:
        c->seated = true;
        answer(c, SEATED, sizeof SEATED, at, 0);
        break;
    case KIND_PlaceBets:
        bets++;
        c->bet = true;
        answer(c, PLACED, sizeof PLACED, at, round_number);
        break;
    case KIND_StartSpin:
        answer(c, DONE, sizeof DONE, at, 0);
        spin();
        break;
    }
    return whole;
}

static int hear_classic(struct client *c, const unsigned char *at, size_t size) {
    size_t whole = 1;
    switch (*at) {
    case 0x00: /* a player registers */
        if (size < 1 + LENGTH) return 0;
        if (get(at + 1, LENGTH) > NAME_MOST) return -1;
        c->name_size = get(at + 1, LENGTH);
        if (size < (whole = 1 + LENGTH + c->name_size)) return 0;
        memcpy(c->name, at + 1 + LENGTH, c->name_size);
        c->seated = true;
        sign_ins++;
        say(c, "\x00", 1);
        break;
    case 0x80: /* the croupier registers */
        if (size < (whole = 1 + DIGEST)) return 0;
        c->seated = true;
        sign_ins++;
        say(c, "\x00", 1);
        break;
    case 0x20: /* a bet */
        if (size < (whole = 4)) return 0;
        bets++;
        c->bet = true;
        say(c, "\x40", 1);
        break;
    case 0xA0: /* the start */
        if (size < (whole = 1 + DIGEST)) return 0;
        say(c, "\x40", 1);
        spin();
        break;
    case 0x60: /* results received */
    case 0xE0:
        break;
    default:
        return -1;
    }
    return whole;
}

static bool hear(struct client *c) {
    static unsigned char buffer[KEPT_MOST + 16384];
    ssize_t n = recv(c->fd, buffer + c->kept_size, sizeof buffer - KEPT_MOST, 0);
    if (n <= 0) return n < 0 && errno == EAGAIN;
    memcpy(buffer, c->kept, c->kept_size);
    const unsigned char *at = buffer, *end = buffer + c->kept_size + n;
    if (!c->known) c->known = true, c->modern = *at == DOOR;
    while (at < end) {
        int used = (c->modern ? hear_modern : hear_classic)(c, at, end - at);
        if (used < 0 || (!used && end - at > KEPT_MOST)) return false;
        if (!used) break;
        at += used;
    }
    memcpy(c->kept, at, c->kept_size = end - at);
    return true;
}

static void welcome(int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        if (fd >= most || !(clients[fd] = calloc(1, sizeof **clients))) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        clients[fd]->fd = fd;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    most = limit.rlim_max > 1000000 ? 1000000 : (int)limit.rlim_max;
    clients = calloc(most, sizeof *clients);

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (!clients || bind(listener, (void *)&address, size) || listen(listener, 4096)) {
        perror("yardstick");
        return 2;
    }
    getsockname(listener, (void *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    epoll = epoll_create1(0);
    int doors[] = {listener, STDIN_FILENO};
    for (int i = 0; i < 2; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = doors[i]};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, doors[i], &event)) {
            perror("yardstick: epoll");
            return 2;
        }
    }
    struct epoll_event events[256];
    for (bool open = true; open;) {
        int n = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                welcome(listener);
            } else if (fd == STDIN_FILENO) {
                open = false;
            } else {
                struct client *c = clients[fd];
                if (events[i].events & EPOLLOUT) flush(c);
                if (events[i].events & ~EPOLLOUT && !hear(c)) hang_up(c);
            }
        }
    }
    printf("{\"sign_ins\": %llu, \"bets\": %llu, \"spins\": %llu, \"results\": %llu}\n", sign_ins,
           bets, spins, results_sent);
    return 0;
}
