// A detail that has another layout than the game's; a step that the game does not allow.
export class Layout extends Error {}
export class Illegal extends Error {}

// Whether two results say the same.
export function alike(ours, theirs) {
  if (ours instanceof Map)
    return theirs instanceof Map && ours.size === theirs.size && [...ours].every(([key, each]) => theirs.has(key) && alike(each, theirs.get(key)));
  if (Array.isArray(ours))
    return Array.isArray(theirs) && ours.length === theirs.length && ours.every((each, at) => alike(each, theirs[at]));
  return ours === theirs;
}
