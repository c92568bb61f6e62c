package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.ui.FakeWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilmSnapshotTest {
    private final StudioViewModel studio = new FakeWorld().renderedStudio();

    @Test
    void progressNeverFallsWhereTheSpeedIsMeasuredBeforeTheFramesAreRendered() {
        ModelLease lease = studio.model().lease().orElseThrow();
        MorphRequest request = studio.film()
                .version()
                .orElseThrow()
                .request()
                .withPath(new MorphPath(new Easing.ConstantSpeed(), false));
        var part = new FilmSnapshot.Part(studio.film(), request, "");
        var snapshot =
                new FilmSnapshot(lease.version(request), studio.film().pace().orElseThrow(), List.of(part));
        var news = new ArrayList<Progress>();
        snapshot.render(lease, news::add, new CancellationToken());

        assertEquals(17, snapshot.pictures(part).size());
        List<Activity> activities = news.stream().map(Progress::activity).toList();
        assertTrue(activities.contains(Activity.Work.MEASURING_SPEED), activities::toString);
        assertTrue(activities.contains(Activity.Work.RENDERING_FRAMES), activities::toString);
        List<Double> fractions = news.stream().map(Progress::fraction).toList();
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertEquals(1.0, fractions.getLast());
    }
}
