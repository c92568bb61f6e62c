package dev.noisediffusion.export;

import java.util.List;
import java.util.stream.IntStream;

/** In which order a film shows its frames, and what comes after the last. */
public enum Playback {
    /** First to last, then it stands still. */
    ONCE,
    /** First to last, then the first again; a GIF, WebP or APNG does so for ever, a video as often as it is repeated. */
    LOOP,
    /** First to last and back, repeated as LOOP; the two ends are not shown twice in a row, so that nothing halts. */
    PING_PONG;

    /** The indices of the frames of one pass, in the order in which they are shown. */
    public List<Integer> order(int frames) {
        IntStream forwards = IntStream.range(0, frames);
        if (this != PING_PONG) {
            return forwards.boxed().toList();
        }
        IntStream backwards = IntStream.range(1, Math.max(1, frames - 1)).map(i -> frames - 1 - i);
        return IntStream.concat(forwards, backwards).boxed().toList();
    }
}
