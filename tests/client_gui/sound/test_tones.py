"""What is heard, sample by sample: no device is needed for that."""

import pytest

from client_gui.sound.cues import Cue
from client_gui.sound.tones import FULL, RATE, effect


@pytest.mark.parametrize("cue", Cue)
def test_an_effect_begins_and_ends_at_zero_and_is_never_clipped(cue: Cue) -> None:
    sound = effect(cue)
    assert sound[0] == sound[-1] == 0
    assert 0.2 * FULL < max(map(abs, sound)) <= 0.7 * FULL
    assert len(sound) < 2 * RATE
