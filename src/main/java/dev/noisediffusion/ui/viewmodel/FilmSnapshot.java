package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.RenderPart;
import dev.noisediffusion.project.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Films as they stood at one moment, to be exported: what happens to the studio later does not reach them. Pictures that
 * were not rendered yet are taken from the studio while it still makes them, or rendered from here.
 */
final class FilmSnapshot {
    /**
     * A film.
     *
     * @param shown where it was seen
     * @param request what it shows
     */
    record Part(FilmstripViewModel shown, MorphRequest request) {}

    private final FilmstripViewModel.Version taken;
    private final List<Part> parts;
    private final Map<Part, List<Picture>> pictures = new ConcurrentHashMap<>();

    /**
     * Films of one moment.
     *
     * @param taken the version of the morph, with the model they are rendered with
     * @param parts the morph, and its rival where one is asked for
     */
    FilmSnapshot(FilmstripViewModel.Version taken, List<Part> parts) {
        this.taken = taken;
        this.parts = List.copyOf(parts);
        look();
    }

    Recipe.Model model() {
        return taken.model();
    }

    MorphRequest request() {
        return parts.getFirst().request();
    }

    List<MorphRequest> requests() {
        return parts.stream().map(Part::request).toList();
    }

    private FilmstripViewModel.Version version(Part part) {
        return new FilmstripViewModel.Version(part.request(), taken.model(), taken.cacheKey());
    }

    private List<Part> missing() {
        return parts.stream().filter(part -> !pictures.containsKey(part)).toList();
    }

    /** Takes pictures that the studio has finished meanwhile; on the thread of events. */
    void look() {
        for (Part part : missing()) {
            if (part.shown().shows(version(part))) {
                part.shown().pictures().ifPresent(found -> pictures.put(part, found));
            }
        }
    }

    boolean isWhole() {
        return missing().isEmpty();
    }

    /** Whether the studio's films are to show all that is missing; on the thread of events. */
    boolean isOnScreen() {
        return missing().stream()
                .allMatch(part ->
                        part.shown().version().filter(version(part)::equals).isPresent());
    }

    /** The frames of the morph, or of its rival; only while {@link #isWhole}. */
    List<Picture> pictures(int part) {
        return Objects.requireNonNull(pictures.get(parts.get(part)));
    }

    /** Renders what is missing, on the calling thread. */
    void render(ModelLease lease, ProgressListener progress, CancellationToken cancellation) {
        lease.use(renderer -> render(renderer, progress, cancellation));
    }

    /** Frames come under the paced requests; all films are paced together, so that a rival keeps the time of the morph. */
    private void render(MorphRenderer renderer, ProgressListener progress, CancellationToken cancellation) {
        List<MorphRequest> paced = renderer.paced(requests(), progress, cancellation);
        var wanted = new LinkedHashMap<Part, MorphRequest>();
        missing().forEach(part -> wanted.put(part, paced.get(parts.indexOf(part))));
        var made = new LinkedHashMap<MorphRequest, List<Picture>>();
        wanted.values().forEach(request -> made.put(request, new ArrayList<>()));
        renderer.renderParts(
                made.keySet().stream().map(RenderPart::all).toList(),
                FrameOrder.SEQUENTIAL,
                frame -> Objects.requireNonNull(made.get(frame.request())).add(frame.picture()),
                progress,
                cancellation);
        wanted.forEach((part, request) -> pictures.put(part, List.copyOf(Objects.requireNonNull(made.get(request)))));
    }
}
