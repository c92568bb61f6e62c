package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.ProjectDocument.PictureFile;
import dev.noisediffusion.project.ProjectDocument.Slot;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.project.SegmentDocument;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of the studio as a document, and back. The only place that knows both; it reads and writes pictures, so it
 * is for background threads.
 */
final class ProjectDocuments {
    /**
     * A state read out of a document.
     *
     * @param notes what the user should know of it, in sentences; empty if all is as it was
     * @param model the folder or file of the model that was in use, if it is still there
     */
    record Opened(StudioState state, List<String> notes, Optional<Path> model) {
        Opened {
            notes = List.copyOf(notes);
        }
    }

    /** What a document says besides the state. */
    record Surroundings(
            String application,
            ProjectDocument.@Nullable Model model,
            ProjectDocument.@Nullable Playback playback,
            ProjectDocument.@Nullable Comparison comparison,
            boolean embedding,
            @Nullable Path origin,
            @Nullable String originHash) {
        /** Whether the film is played, pictures are kept and, where both know it, the model or where it lies is as there. */
        boolean isLike(Surroundings other) {
            return embedding == other.embedding
                    && Objects.equals(playback, other.playback)
                    && isOfModelLike(other.model);
        }

        /** A model that was changed in its place is no other: nobody has chosen one. */
        private boolean isOfModelLike(ProjectDocument.@Nullable Model other) {
            return model == null
                    || other == null
                    || model.id().isEmpty()
                    || other.id().isEmpty()
                    || model.id().equals(other.id())
                    || (model.folder() != null && Objects.equals(model.folder(), other.folder()));
        }

        /** The same with another model. */
        Surroundings with(ProjectDocument.@Nullable Model other) {
            return new Surroundings(application, other, playback, comparison, embedding, origin, originHash);
        }

        /** The same of work that is kept in a file. */
        Surroundings keptIn(Path file, Optional<String> hash) {
            return new Surroundings(application, model, playback, comparison, embedding, file, hash.orElse(null));
        }
    }

    private final PictureReader pictures;
    private final Texts texts;
    private final FileLooks looks;
    /** What {@link #png} has made or a project had inside, by hash, so that no save makes it again. */
    private final Map<String, SoftReference<String>> pngs = new ConcurrentHashMap<>();

    ProjectDocuments(PictureReader pictures, Texts texts) {
        this(pictures, texts, new FileLooks());
    }

    /** @param looks by which it is found out, while work is saved, whether pictures are in files */
    ProjectDocuments(PictureReader pictures, Texts texts, FileLooks looks) {
        this.pictures = pictures;
        this.texts = texts;
        this.looks = looks;
    }

    /**
     * A document to be saved in a folder. Pictures that are in no file, or no longer, are always put inside; a file whose disk
     * does not answer counts as there. What came from inside a project stays there unless a file is seen to hold the same.
     *
     * @throws java.util.concurrent.CancellationException soon after the work that this belongs to was cancelled
     */
    ProjectDocument saved(StudioState state, Surroundings around, Path folder)
            throws IOException, InterruptedException {
        Set<Path> gone = around.embedding()
                ? Set.of()
                : looks.gone(contents(state)
                        .flatMap(content -> content.source().stream())
                        .toList());
        Set<Candidate> same = around.embedding()
                ? Set.of()
                : looks.those(
                        contents(state).flatMap(Candidate::of).distinct().toList(),
                        Candidate::file,
                        this::holdsTheSame);
        var slots = new ArrayList<Slot>();
        for (SlotSnapshot held : state.slots()) {
            SlotSnapshot slot = outside(held, same);
            SlotContent content = slot.content();
            String png = content != null && (around.embedding() || isInNoFile(content, gone)) ? png(content) : null;
            slots.add(new Slot(file(slot, folder, png), slot.crop(), SegmentDocument.of(slot.segment())));
        }
        return document(state, around, slots);
    }

    /** Whether a picture never was in a file, or the file has gone; what is in the file now is not looked at. */
    private static boolean isInNoFile(SlotContent content, Set<Path> gone) {
        return content.source().filter(source -> !gone.contains(source)).isEmpty();
    }

    private static Stream<SlotContent> contents(StudioState state) {
        return state.slots().stream().flatMap(slot -> Optional.ofNullable(slot.content()).stream());
    }

    /** A file that may hold a picture which came from inside a project. */
    private record Candidate(Path file, String sha256) {
        static Stream<Candidate> of(SlotContent inside) {
            return inside.places().stream().map(place -> new Candidate(place, inside.sha256()));
        }
    }

    private boolean holdsTheSame(Candidate candidate) {
        try {
            return pictures.read(candidate.file()).hash().equals(candidate.sha256());
        } catch (Exception e) {
            return false;
        }
    }

    /** A slot whose picture came from inside a project, with the file that holds the very same if there is one. */
    private static SlotSnapshot outside(SlotSnapshot slot, Set<Candidate> same) {
        SlotContent inside = slot.content();
        if (inside == null) {
            return slot;
        }
        Optional<Candidate> found = Candidate.of(inside).filter(same::contains).findFirst();
        return found.isPresent()
                ? new SlotSnapshot(inside.in(found.get().file()), null, slot.crop(), slot.segment())
                : slot;
    }

    /** A document without a picture inside: those that are in no file are kept beside it. */
    static ProjectDocument kept(StudioState state, Surroundings around) {
        Path folder = around.origin() == null ? null : ProjectViewModel.folderOf(around.origin());
        return document(
                state,
                around,
                state.slots().stream()
                        .map(slot ->
                                new Slot(file(slot, folder, null), slot.crop(), SegmentDocument.of(slot.segment())))
                        .toList());
    }

    /** The pictures that never were in a file, by hash; at files, which may keep one waiting, nobody looks. */
    static Map<String, Picture> unsourced(StudioState state) {
        var found = new HashMap<String, Picture>();
        for (SlotSnapshot slot : state.slots()) {
            SlotContent content = slot.content();
            if (content != null && content.source().isEmpty()) {
                found.put(content.sha256(), content.picture());
            }
        }
        return found;
    }

    private static ProjectDocument document(StudioState state, Surroundings around, List<Slot> slots) {
        return new ProjectDocument(
                ProjectDocument.FORMAT,
                ProjectDocument.VERSION,
                around.application(),
                around.model(),
                slots,
                state.values(),
                state.kept().named(),
                around.playback(),
                around.comparison(),
                around.embedding(),
                around.origin() == null ? null : around.origin().toString(),
                around.originHash());
    }

    private static @Nullable PictureFile file(SlotSnapshot slot, @Nullable Path folder, @Nullable String png) {
        SlotContent content = slot.content();
        if (content != null) {
            // Of places at which nobody has looked both stay: beside the project, and where it was.
            List<Path> places = content.source().map(List::of).orElse(content.places());
            Path beside = places.isEmpty() ? null : places.getFirst();
            Path whole = places.isEmpty() ? null : places.getLast();
            return new PictureFile(content.name(), content.sha256(), text(whole), relative(folder, beside), png);
        }
        MissingPicture missing = slot.missing();
        if (missing == null) {
            return null;
        }
        return new PictureFile(
                missing.name(),
                missing.sha256(),
                missing.lastSeen().orElse(null),
                relative(folder, missing.expected().orElse(null)),
                null);
    }

    private static @Nullable String text(@Nullable Path file) {
        return file == null ? null : file.toString();
    }

    /** A path that survives when project and pictures move together; null between the drives of Windows. */
    private static @Nullable String relative(@Nullable Path folder, @Nullable Path file) {
        if (folder == null || file == null) {
            return null;
        }
        Path start = folder.toAbsolutePath();
        return Objects.equals(start.getRoot(), file.getRoot())
                ? start.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/")
                : null;
    }

    private String png(SlotContent content) throws IOException {
        SoftReference<String> kept = pngs.get(content.sha256());
        String known = kept == null ? null : kept.get();
        if (known != null) {
            return known;
        }
        String made = Base64.getEncoder().encodeToString(PngFile.bytes(content.picture()));
        pngs.put(content.sha256(), new SoftReference<>(made));
        return made;
    }

    /**
     * What was found of a picture.
     *
     * @param content null if nothing was
     * @param missing the picture, if a document wants one and nothing was found
     * @param note what the user should know of it
     */
    private record Found(
            @Nullable SlotContent content, @Nullable MissingPicture missing, Optional<String> note) {
        static final Found NOTHING = new Found(null, null, Optional.empty());

        static Found of(SlotContent content) {
            return new Found(content, null, Optional.empty());
        }
    }

    /** The search for a picture, which is made once, by whichever thread comes first; another waits for it. */
    private static final class Search {
        private final PictureFile wanted;
        private final Function<PictureFile, Found> way;
        private @Nullable Found found;

        Search(PictureFile wanted, Function<PictureFile, Found> way) {
            this.wanted = wanted;
            this.way = way;
        }

        PictureFile wanted() {
            return wanted;
        }

        synchronized Found found() {
            Found known = found;
            if (known == null) {
                known = way.apply(wanted);
                found = known;
            }
            return known;
        }
    }

    /**
     * Finds the pictures of a document, no more than two at once: each takes much memory while it is read. Slots with the same
     * picture share it.
     *
     * @param folder that relative paths begin in
     * @param keeper knows where pictures that are in no file are kept, by hash; is asked on two threads
     */
    Opened open(ProjectDocument document, Path folder, Function<String, Optional<Path>> keeper) {
        Map<PictureFile, Found> all = findAll(document, wanted -> find(wanted, folder, keeper));
        var slots = new ArrayList<SlotSnapshot>();
        var notes = new ArrayList<String>();
        for (Slot slot : document.slots()) {
            PictureFile wanted = slot.picture();
            Found found = wanted == null ? Found.NOTHING : Objects.requireNonNull(all.get(wanted));
            found.note().ifPresent(notes::add);
            slots.add(new SlotSnapshot(
                    found.content(), found.missing(), slot.crop(), SegmentDocument.read(slot.segment())));
        }
        addMissing(slots, notes);
        Optional<Path> model = Optional.ofNullable(document.model())
                .flatMap(used -> path(used.folder()))
                .filter(Files::exists);
        return new Opened(
                new StudioState(slots, document.values(), KeptSettings.ofNamed(document.kept())), notes, model);
    }

    private void addMissing(List<SlotSnapshot> slots, List<String> notes) {
        String missing = texts.quoted(slots.stream()
                .map(SlotSnapshot::missing)
                .filter(Objects::nonNull)
                .map(picture -> picture.name()));
        if (!missing.isEmpty()) {
            notes.add(texts.get("project.note.missing", missing));
        }
    }

    /** This thread begins with the first picture and another with the last, until they meet. */
    private static Map<PictureFile, Found> findAll(ProjectDocument document, Function<PictureFile, Found> way) {
        List<Search> searches = document.slots().stream()
                .flatMap(slot -> Optional.ofNullable(slot.picture()).stream())
                .distinct()
                .map(wanted -> new Search(wanted, way))
                .toList();
        var over = new CancellationToken();
        Thread.ofPlatform()
                .name("studio-picture")
                .daemon()
                .start(() -> searches.reversed().stream()
                        .takeWhile(search -> !over.isCancelled())
                        .forEach(Search::found));
        try {
            return searches.stream().collect(Collectors.toMap(Search::wanted, Search::found));
        } finally {
            over.cancel();
        }
    }

    private Found find(PictureFile wanted, Path folder, Function<String, Optional<Path>> keeper) {
        List<Path> places = candidates(wanted, folder);
        Optional<SlotContent> inside = embedded(wanted)
                .or(() -> keeper.apply(wanted.sha256()).flatMap(kept -> read(kept, wanted.name(), Optional.empty())));
        if (inside.isPresent()) {
            // What may have changed outside, or keep one waiting, is not looked at.
            return Found.of(inside.get().perhapsAt(places));
        }
        SlotContent changed = null;
        for (Path candidate : places) {
            Optional<SlotContent> found = read(candidate, wanted.name(), Optional.of(candidate));
            if (found.isPresent() && found.get().sha256().equals(wanted.sha256())) {
                return Found.of(found.get());
            }
            changed = changed == null ? found.orElse(null) : changed;
        }
        if (changed != null) {
            return new Found(changed, null, Optional.of(texts.get("project.note.changed", wanted.name())));
        }
        return new Found(
                null,
                new MissingPicture(
                        wanted.name(),
                        wanted.sha256(),
                        Optional.ofNullable(wanted.path()),
                        beside(wanted, folder)
                                .findFirst()
                                .or(() -> path(wanted.path()))
                                .map(Path::normalize)),
                Optional.empty());
    }

    private Optional<SlotContent> embedded(PictureFile wanted) {
        String png = wanted.png();
        if (png == null) {
            return Optional.empty();
        }
        try {
            Picture picture = pictures.read(Base64.getDecoder().decode(png), wanted.name());
            SlotContent content = SlotContent.of(wanted.name(), picture, Optional.empty());
            if (content.sha256().equals(wanted.sha256())) {
                pngs.put(content.sha256(), new SoftReference<>(png));
            }
            return Optional.of(content);
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    private Optional<SlotContent> read(Path file, String name, Optional<Path> source) {
        try {
            return Files.isReadable(file)
                    ? Optional.of(SlotContent.of(name, pictures.read(file), source))
                    : Optional.empty();
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    private static List<Path> candidates(PictureFile wanted, Path folder) {
        return Stream.concat(beside(wanted, folder), spellings(wanted.path()))
                .map(Path::normalize)
                .distinct()
                .toList();
    }

    /** Where a picture lies as seen from the project, in all {@link #spellings}. */
    private static Stream<Path> beside(PictureFile wanted, Path folder) {
        return spellings(wanted.relative()).map(folder.toAbsolutePath()::resolve);
    }

    /** A path as it is written, and with its accents and umlauts put together and taken apart: services that files move through change that. */
    static Stream<Path> spellings(@Nullable String text) {
        return text == null
                ? Stream.empty()
                : Stream.of(
                                text,
                                Normalizer.normalize(text, Normalizer.Form.NFC),
                                Normalizer.normalize(text, Normalizer.Form.NFD))
                        .distinct()
                        .flatMap(spelling -> path(spelling).stream());
    }

    static Optional<Path> path(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * The state that a recipe was rendered from.
     *
     * @param recipe names its pictures by content only
     * @param folder the pictures may lie in, under their names
     * @param current whose pictures may be among them; what a recipe does not say stays as it is
     */
    Opened reopen(Recipe recipe, Path folder, StudioState current) {
        List<SlotContent> known = contents(current).toList();
        var slots = new ArrayList<SlotSnapshot>();
        MorphPath path = recipe.morphPath();
        for (Recipe.PictureReference wanted : recipe.pictures()) {
            Optional<SlotContent> found = known.stream()
                    .filter(content -> content.sha256().equals(wanted.sha256()))
                    .findFirst()
                    .or(() -> spellings(wanted.name())
                            .map(name -> folder.resolve(name.getFileName()))
                            .flatMap(file -> read(file, wanted.name(), Optional.of(file)).stream())
                            .filter(content -> content.sha256().equals(wanted.sha256()))
                            .findFirst());
            MissingPicture missing = found.isPresent()
                    ? null
                    : new MissingPicture(wanted.name(), wanted.sha256(), Optional.empty(), Optional.empty());
            slots.add(new SlotSnapshot(found.orElse(null), missing, wanted.crop(), segment(path, slots.size())));
        }
        var notes = new ArrayList<String>();
        addMissing(slots, notes);
        return new Opened(new StudioState(slots, recipe.values(), current.kept()), notes, Optional.empty());
    }

    /** A segment of a recipe; where the easing of its whole path is none that parameters have, each gets it. */
    private static Segment segment(MorphPath path, int keyframe) {
        Segment own = path.segment(keyframe);
        boolean special = path.easing() instanceof Easing.Curve || path.easing() instanceof Easing.Hold;
        return special ? own.withEasing(Optional.of(path.noiseEasing(keyframe)), own.image()) : own;
    }
}
