package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphPath;
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
import java.util.stream.Stream;

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
     * @param name that it has beside another
     */
    record Part(FilmstripViewModel shown, MorphRequest request, String name) {}

    private final FilmstripViewModel.Version taken;
    private final List<Part> parts;
    /** The measured time of the morph, which all keep. */
    private final MorphPath pace;

    private final Map<Part, List<Picture>> pictures = new ConcurrentHashMap<>();

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

    private List<Part> missing() {
        return parts.stream().filter(part -> !pictures.containsKey(part)).toList();
    }

    /** Takes pictures that the studio has finished meanwhile; on the thread of events. */
    void look() {
        for (Part part : missing()) {
            if (part.shown().shows(version(part), pace)) {
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

    /** The frames of one of the parts; only while {@link #isWhole}. */
    List<Picture> pictures(Part part) {
        return Objects.requireNonNull(pictures.get(part));
    }

    /** Renders what is missing, on the calling thread. */
    void render(ModelLease lease, ProgressListener progress, CancellationToken cancellation) {
        lease.use(renderer -> render(renderer, progress, cancellation));
    }

    /** Frames come under the paced requests; all films are paced after the morph, whose time they keep. */
    private void render(MorphRenderer renderer, ProgressListener progress, CancellationToken cancellation) {
        List<MorphRequest> requests = Stream.concat(
                        Stream.of(morph()), parts.stream().map(Part::request))
                .toList();
        double measured = renderer.pacingShare(requests);
        List<MorphRequest> paced = renderer.paced(requests, progress.part(0, measured), cancellation);
        var wanted = new LinkedHashMap<Part, MorphRequest>();
        missing().forEach(part -> wanted.put(part, paced.get(1 + parts.indexOf(part))));
        var made = new LinkedHashMap<MorphRequest, List<Picture>>();
        wanted.values().forEach(request -> made.put(request, new ArrayList<>()));
        renderer.renderParts(
                made.keySet().stream().map(RenderPart::all).toList(),
                FrameOrder.SEQUENTIAL,
                frame -> Objects.requireNonNull(made.get(frame.request())).add(frame.picture()),
                progress.part(measured, 1),
                cancellation);
        wanted.forEach((part, request) -> pictures.put(part, List.copyOf(Objects.requireNonNull(made.get(request)))));
    }
}
