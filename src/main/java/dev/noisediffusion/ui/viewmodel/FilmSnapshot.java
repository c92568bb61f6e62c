package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.RenderPart;
import dev.noisediffusion.project.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Films as they stood at one moment, to be exported: what happens to the studio later does not reach them. Frames that
 * were not rendered yet are taken from the studio while it still makes them, or rendered from here, and kept from then on.
 */
final class FilmSnapshot {
    /**
     * A film.
     *
     * @param shown where it was seen
     * @param request what it shows
     * @param name that it has beside another
     */
    record Part(FilmstripViewModel shown, MorphRequest request, String name) {}

    private final FilmstripViewModel.Version taken;
    private final List<Part> parts;
    /** The measured time of the morph, which all keep. */
    private final MorphPath pace;

    /** What each film shows, frame by frame, once that is known. */
    private final Map<MorphRequest, List<FrameIdentity>> frames = new ConcurrentHashMap<>();

    private final Map<FrameIdentity, Picture> finished = new ConcurrentHashMap<>();

    /**
     * Films of one moment.
     *
     * @param taken the version of the morph, with the model they are rendered with
     * @param pace the morph's path with all speeds measured
     * @param parts the films that are asked for, of which the morph need not be one
     */
    FilmSnapshot(FilmstripViewModel.Version taken, MorphPath pace, List<Part> parts) {
        this.taken = taken;
        this.pace = pace;
        this.parts = List.copyOf(parts);
        look();
    }

    /** What the morph was at that moment, asked for or not. */
    MorphRequest morph() {
        return taken.request();
    }

    Recipe.Model model() {
        return taken.model();
    }

    private FilmstripViewModel.Version version(Part part) {
        return new FilmstripViewModel.Version(part.request(), taken.model(), taken.cacheKey());
    }

    /** Takes frames that the studio has finished meanwhile; on the thread of events. */
    void look() {
        for (Part part : parts) {
            FilmstripViewModel film = part.shown();
            if (isOnScreen(part)) {
                frames.putIfAbsent(
                        part.request(),
                        film.cells().stream().map(FrameCell::identity).toList());
                film.cells()
                        .forEach(cell ->
                                cell.finished().ifPresent(frame -> finished.put(cell.identity(), frame.picture())));
            }
        }
    }

    /** Whether every frame of some of the parts is there. */
    boolean isWhole(List<Part> films) {
        return films.stream().allMatch(this::isComplete);
    }

    private boolean isComplete(Part film) {
        List<FrameIdentity> known = frames.get(film.request());
        return known != null && finished.keySet().containsAll(known);
    }

    /** Whether the studio's films are to show frames that some of the parts lack; on the thread of events. */
    boolean isAnyOnScreen(List<Part> films) {
        return films.stream().filter(film -> !isComplete(film)).anyMatch(this::isOnScreen);
    }

    private boolean isOnScreen(Part film) {
        return film.shown().version().equals(Optional.of(version(film)))
                && film.shown().pace().equals(Optional.of(pace));
    }

    /** The frames of one of the parts; only while it {@linkplain #isWhole is whole}. */
    List<Picture> pictures(Part film) {
        return Objects.requireNonNull(frames.get(film.request())).stream()
                .map(frame -> Objects.requireNonNull(finished.get(frame)))
                .toList();
    }

    /** Renders the frames that some of the parts lack, on the calling thread; each is kept, whatever becomes of the others. */
    void render(List<Part> films, ModelLease lease, ProgressListener progress, CancellationToken cancellation) {
        lease.use(renderer -> render(films, renderer, progress, cancellation));
    }

    /** Frames come under the paced requests. */
    private void render(
            List<Part> films, MorphRenderer renderer, ProgressListener progress, CancellationToken cancellation) {
        var known = new HashSet<>(finished.keySet());
        var coming = new HashMap<MorphRequest, List<FrameIdentity>>();
        var lacking = new ArrayList<RenderPart>();
        for (Part film : films) {
            MorphRequest paced = film.request().withPath(pace);
            List<FrameIdentity> identities = renderer.identities(paced).toList();
            Set<Integer> missing = IntStream.range(0, identities.size())
                    .filter(index -> known.add(identities.get(index)))
                    .boxed()
                    .collect(Collectors.toSet());
            frames.put(film.request(), identities);
            coming.put(paced, identities);
            lacking.add(new RenderPart(paced, missing));
        }
        renderer.renderParts(
                lacking,
                FrameOrder.SEQUENTIAL,
                frame -> finished.put(
                        Objects.requireNonNull(coming.get(frame.request())).get(frame.index()), frame.picture()),
                progress,
                cancellation);
    }
}
