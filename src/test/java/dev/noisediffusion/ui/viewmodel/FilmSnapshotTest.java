package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.ui.FakeWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilmSnapshotTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.studio();

    @Test
    void whatWasMeasuredOfTheMorphIsNotMeasuredAgainWhereItsModelWasOpenedAnew() {
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        FakeWorld.fill(studio);
        world.rest.elapse();
        studio.model().open(Path.of("other"));
        studio.model().open(Path.of("model"));
        ModelLease lease = studio.model().lease().orElseThrow();
        FilmstripViewModel.Version version = studio.film().version().orElseThrow();
        var part = new FilmSnapshot.Part(new FilmstripViewModel(new FrameCache(1)), version.request(), "");
        var snapshot = new FilmSnapshot(version, studio.film().pace().orElseThrow(), List.of(part));
        var news = new ArrayList<Progress>();
        snapshot.render(List.of(part), lease, news::add, new CancellationToken());

        assertEquals(FilmPictures.of(studio.film()), snapshot.pictures(part));
        List<Activity> activities = news.stream().map(Progress::activity).toList();
        assertFalse(activities.contains(Activity.Work.MEASURING_SPEED), activities::toString);
        List<Double> fractions = news.stream().map(Progress::fraction).toList();
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertEquals(1.0, fractions.getLast());
    }
}
