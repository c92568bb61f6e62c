package dev.noisediffusion.ui;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.ui.viewmodel.FrameCritic;
import java.util.ArrayList;
import java.util.List;

/** A critic for which red is an artifact, on the right half of the frame. */
public final class ScriptedCritic implements FrameCritic {
    public final List<Picture> judged = new ArrayList<>();
    public int closed;
    private final Grade grade;

    public ScriptedCritic(boolean good) {
        grade = good
                ? new Grade(30, 0.87, 0.94, 0.9, 0.97, 0.06, true)
                : new Grade(30, 0.52, 0.57, 0.52, 0.63, 0.06, false);
    }

    @Override
    public Grade grade() {
        return grade;
    }

    @Override
    public Verdict judge(Picture frame) {
        if (closed > 0) {
            throw new IllegalStateException("closed");
        }
        judged.add(frame);
        double red = (frame.pixel(0, 0) >> 16 & 0xff) / 255.0;
        return new Verdict(red, (x, y) -> x > 0.5 ? red : 0);
    }

    @Override
    public void close() {
        closed++;
    }
}
