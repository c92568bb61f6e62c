package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ContactSheet;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Footage;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.export.SideBySide;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.StudioSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringExpression;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What to export and where to: the choices, and the way into the queue. */
public final class ExportViewModel {
    private static final ExportSettings DEFAULTS = ExportSettings.defaults(FilmFormat.MP4);
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    private final StudioServices services;
    private final Texts texts;
    private final Supplier<Optional<ModelLease>> model;
    private final FilmstripViewModel film;
    private final CompareViewModel compare;
    private final PaneCaptions captions;
    private final PlaybackViewModel playback;
    private final RenderViewModel render;
    private final ExportQueueViewModel queue;
    private final ProjectViewModel project;
    private final Newest looking;

    private final TicksParameter<FilmFormat> formats = new TicksParameter<>("format", FilmFormat.class, FilmFormat.MP4);
    private final TicksParameter<ExportContent> contents =
            new TicksParameter<>("content", ExportContent.class, ExportContent.MORPH);
    private final NumberParameter fps;
    private final NumberParameter quality = new NumberParameter(
                    "quality", NumberParameter.Range.of(0, 100, 0), DEFAULTS.quality())
            .relevantWhen(anyFormat(FilmFormat::hasQuality));
    private final NumberParameter scale = new NumberParameter(
            "scale", NumberParameter.Range.of(1, ExportSettings.MAX_SIZE_MULTIPLE, 0), DEFAULTS.sizeMultiple());
    private final ChoiceParameter<Playback> order = new ChoiceParameter<>(
                    "playback", List.of(Playback.values()), DEFAULTS.playback())
            .relevantWhen(anyFormat(format -> format != FilmFormat.CONTACT_SHEET));
    private final NumberParameter repeats = new NumberParameter(
                    "repeats", new NumberParameter.Range(1, ExportSettings.MAX_REPEATS, 1, 10, 0), DEFAULTS.repeats())
            .relevantWhen(
                    anyFormat(FilmFormat::isVideo).and(order.valueProperty().isNotEqualTo(Playback.ONCE)));
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Path> folder = new ReadOnlyObjectWrapper<>(HOME);
    private final ReadOnlyObjectWrapper<StudioSettings.@Nullable Export> used = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper canExport = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper pixels = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper beside = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper files = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper clash = new ReadOnlyStringWrapper("");
    private final StringExpression warning;
    private final StringExpression whyNot;
    /** Of work that is in no file. */
    private Path usualFolder = HOME;

    private boolean folderChosen;
    /** The work that name and folder were suggested for. */
    private int suggestedFor;

    private String suggestedName = "";
    private List<ExportTargets.Target> asked = List.of();
    /** Why the files cannot be put where they are to go, once that was tried. */
    private Optional<String> misplaced = Optional.empty();

    ExportViewModel(
            StudioServices services,
            Supplier<Optional<ModelLease>> model,
            FilmstripViewModel film,
            CompareViewModel compare,
            PaneCaptions captions,
            PlaybackViewModel playback,
            RenderViewModel render,
            ExportQueueViewModel queue,
            ProjectViewModel project) {
        this.services = services;
        this.texts = services.texts();
        this.model = model;
        this.film = film;
        this.compare = compare;
        this.captions = captions;
        this.playback = playback;
        this.render = render;
        this.queue = queue;
        this.project = project;
        this.looking = new Newest(services.jobs());
        this.warning = Bindings.createStringBinding(
                this::warn, render.outdatedFilms(), render.otherFilms(), contents.revision(), compare.revision());
        this.whyNot = Bindings.createStringBinding(
                this::lacking, canExport, render.whyNotProperty(), render.stateProperty(), render.liveProperty());
        this.fps = new NumberParameter(
                        "exportFps",
                        NumberParameter.Range.of(1, 60, 0),
                        playback.fps().get())
                .relevantWhen(anyFormat(FilmFormat::isTimed));
        Changes.on(film.revision(), this::refresh);
        Changes.on(compare.revision(), this::refresh);
        List.of(fps, repeats).forEach(number -> Changes.on(number.valueProperty(), this::refresh));
        Changes.on(scale.valueProperty(), this::sizeChanged);
        Changes.on(order.valueProperty(), this::refresh);
        Changes.on(formats.revision(), this::targetsChanged);
        Changes.on(contents.revision(), this::targetsChanged);
        Changes.on(name, this::targetsChanged);
        Changes.on(folder, this::targetsChanged);
        Changes.on(project.revision(), this::workChanged);
    }

    private BooleanBinding anyFormat(Predicate<FilmFormat> condition) {
        return Bindings.createBooleanBinding(() -> formats.chosen().stream().anyMatch(condition), formats.revision());
    }

    public TicksParameter<FilmFormat> formats() {
        return formats;
    }

    /** The morph alone, two films beside each other, or both. */
    public TicksParameter<ExportContent> contents() {
        return contents;
    }

    public NumberParameter fps() {
        return fps;
    }

    /** How faithful a video or WebP is, against its size. */
    public NumberParameter quality() {
        return quality;
    }

    /** Multiple of the model's size. */
    public NumberParameter scale() {
        return scale;
    }

    public ChoiceParameter<Playback> order() {
        return order;
    }

    /** How many passes a video holds, as it cannot ask its player to loop. */
    public NumberParameter repeats() {
        return repeats;
    }

    /** What the files are called, before their endings. */
    public StringProperty nameProperty() {
        return name;
    }

    /** Where the files go. */
    public ReadOnlyObjectProperty<Path> folderProperty() {
        return folder.getReadOnlyProperty();
    }

    /** Whether there is a film, be it finished or not. */
    public ReadOnlyBooleanProperty canExportProperty() {
        return canExport.getReadOnlyProperty();
    }

    /** That there is no film, and what to do about it; empty where there is one. */
    public StringExpression whyNotProperty() {
        return whyNot;
    }

    private String lacking() {
        if (canExport.get()) {
            return "";
        }
        String lacking = render.whyNotProperty().get();
        String next = isComing() ? "export.none.soon" : "export.none.render";
        return texts.get("export.none", lacking.isEmpty() ? texts.get(next) : lacking);
    }

    /** Whether a film begins without being asked for, where nothing is lacking. */
    private boolean isComing() {
        return switch (render.stateProperty().get()) {
            case RENDERING, FINISHED -> true;
            case IDLE -> render.liveProperty().get();
            case CANCELLED, FAILED -> false;
        };
    }

    /** Whether there are a film and a name, and every chosen format takes a film of that size, as far as that is known. */
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** Whether the choices are on the screen. */
    public ReadOnlyBooleanProperty showingProperty() {
        return showing.getReadOnlyProperty();
    }

    /** That what is exported is not of the settings of this moment, and what to do about it; empty where it is. */
    public StringExpression warningProperty() {
        return warning;
    }

    /** The size of a frame as chosen, in pixels; empty while nobody knows. */
    public ReadOnlyStringProperty pixelsProperty() {
        return pixels.getReadOnlyProperty();
    }

    /** Which films are set beside each other; empty while none are to be. */
    public ReadOnlyStringProperty besideProperty() {
        return beside.getReadOnlyProperty();
    }

    /** Frames, length and size of the film as chosen, or why it cannot be saved so. */
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** The names of what will be written; empty where the name is missing. */
    public ReadOnlyStringProperty filesProperty() {
        return files.getReadOnlyProperty();
    }

    /** Which of the files are already there, to be asked about; empty if there is nothing to ask. */
    public ReadOnlyStringProperty clashProperty() {
        return clash.getReadOnlyProperty();
    }

    /** Shows the choices; without a film it is said what that still lacks. */
    public void open() {
        if (canExport.get()) {
            fps.set(playback.fps().get());
            order.set(playback.mode().get());
            suggest();
            targetsChanged();
            showing.set(true);
        } else {
            queue.note(whyNot.get());
        }
    }

    /** What the user has given for other work says nothing of this. */
    private void suggest() {
        boolean other = project.generation() != suggestedFor;
        suggestedFor = project.generation();
        folderChosen = folderChosen && !other;
        if (!folderChosen) {
            folder.set(project.file().map(ProjectViewModel::folderOf).orElse(usualFolder));
        }
        boolean untouched = name.get().isBlank() || name.get().equals(suggestedName);
        suggestedName = project.file().map(ProjectViewModel::nameOf).orElse(texts.get("export.fileName"));
        if (other || untouched) {
            name.set(suggestedName);
        }
    }

    /** Puts the choices away; an export whose files are still being looked for is called off. */
    public void close() {
        looking.forget();
        showing.set(false);
    }

    /** What was chosen for other work goes with it. */
    private void workChanged() {
        if (showing.get() && project.generation() != suggestedFor) {
            close();
        }
    }

    public void chooseFolder() {
        services.dialogs().chooseExportFolder(folder.get()).ifPresent(chosen -> {
            folderChosen = true;
            folder.set(chosen);
        });
    }

    /** Puts what is chosen into the queue, if it can be put where it is to go; where files are in the way, asks first. */
    public void export() {
        if (!ready.get()) {
            return;
        }
        ExportTargets targets = targets();
        Outlook outlook = outlook();
        looking.run(
                (progress, cancellation) -> {
                    List<ExportTargets.Target> found = targets.look(outlook.pending());
                    return found.stream().anyMatch(ExportTargets.Target::asks)
                            ? found
                            : outlook.checked(found, false, cancellation);
                },
                JobRunner.Observer.<List<ExportTargets.Target>>of(this::decide, this::refused));
    }

    /**
     * What the thread of events knows of an export, for a look at the disk from another one.
     *
     * @param pending places that earlier exports are about to write to
     * @param frames of the film
     * @param shapes of a frame as it is handed to the sink; empty while nobody knows
     * @param settings how the frames of a morph are written, for every format
     */
    private record Outlook(
            Set<Path> pending,
            int frames,
            Map<ExportContent, FrameShape> shapes,
            Map<FilmFormat, ExportSettings> settings,
            Exporter exporter) {
        /** Looks whether every file can be made and put into its place. */
        List<ExportTargets.Target> checked(
                List<ExportTargets.Target> targets, boolean replacing, CancellationToken cancellation)
                throws ExportException {
            for (ExportTargets.Target target : targets) {
                exporter.checkEncoder(target.kind().format(), cancellation);
                Path place = target.place(replacing);
                // To try a name is to make a file, which a film that arrives would meet; exports try it themselves.
                if (pending.stream().noneMatch(other -> ExportTargets.mayBeOne(place, other))) {
                    FrameSinks.checkTarget(place, target.kind().format());
                }
                FrameShape shape = shapes.get(target.kind().content());
                if (shape != null) {
                    exporter.checkRoom(
                            new Footage(place, frames, shape.width(), shape.height(), written(target.kind())));
                }
            }
            return targets;
        }

        private ExportSettings written(ExportTargets.Kind kind) {
            ExportSettings chosen = Objects.requireNonNull(settings.get(kind.format()));
            return kind.content() == ExportContent.SIDE_BY_SIDE ? SideBySide.written(chosen) : chosen;
        }
    }

    private Outlook outlook() {
        var shapes = new EnumMap<ExportContent, FrameShape>(ExportContent.class);
        frame().ifPresent(frame -> {
            shapes.put(ExportContent.MORPH, frame);
            shapes.put(ExportContent.SIDE_BY_SIDE, written(ExportContent.SIDE_BY_SIDE, frame));
        });
        var settings = new EnumMap<FilmFormat, ExportSettings>(FilmFormat.class);
        for (FilmFormat format : FilmFormat.values()) {
            settings.put(format, settings(format));
        }
        return new Outlook(queue.pending(), film.cells().size(), shapes, settings, services.exporter());
    }

    /** How large frames are: as one that has come, or as its model makes them, while that is in use. */
    private Optional<FrameShape> frame() {
        return film.cells().stream()
                .flatMap(cell -> cell.finished().stream())
                .findFirst()
                .map(FrameCache.Finished::picture)
                .map(picture -> new FrameShape(picture.width(), picture.height()))
                .or(this::frameOfModel);
    }

    private Optional<FrameShape> frameOfModel() {
        return film.version()
                .flatMap(version -> model.get()
                        .map(ModelLease::open)
                        .filter(open -> open.model().equals(version.model()))
                        .map(OpenModel::shape));
    }

    private String warn() {
        if (isExportedOf(render.outdatedFilms().get())) {
            return texts.get("export.outdated");
        }
        return isExportedOf(render.otherFilms().get()) ? texts.get("export.coming") : "";
    }

    /** Whether what is exported is what one of the films shows; a side that its film does not show yet is rendered anew. */
    private boolean isExportedOf(Set<FilmstripViewModel> films) {
        return film.version().stream()
                .flatMap(version -> exported(version.request()))
                .filter(part -> films.contains(part.shown()))
                .anyMatch(part -> part.shown()
                        .version()
                        .filter(version -> version.request().equals(part.request()))
                        .isPresent());
    }

    /** The morph, of which the films beside each other are made too, and those. */
    private Stream<FilmSnapshot.Part> exported(MorphRequest shown) {
        return Stream.concat(
                Stream.of(morph(shown, side -> "")),
                contents.chosen().contains(ExportContent.SIDE_BY_SIDE) ? pair(shown).stream() : Stream.of());
    }

    private void decide(List<ExportTargets.Target> found) {
        String inTheWay = texts.quoted(found.stream()
                .filter(ExportTargets.Target::asks)
                .map(target -> String.valueOf(target.wanted().getFileName())));
        if (inTheWay.isEmpty()) {
            enqueue(found, false);
        } else {
            asked = found;
            clash.set(texts.get("export.clash", inTheWay));
        }
    }

    /** Answers the question: the new files take the place of the old ones, once they are whole. */
    public void replace() {
        answer(true);
    }

    /** Answers the question: the new files get a number. */
    public void keepBoth() {
        answer(false);
    }

    private void answer(boolean replacing) {
        List<ExportTargets.Target> targets = asked;
        Outlook outlook = outlook();
        looking.run(
                (progress, cancellation) -> outlook.checked(targets, replacing, cancellation),
                JobRunner.Observer.<List<ExportTargets.Target>>of(found -> enqueue(found, replacing), this::refused));
    }

    /** The window behind the choices is in the dark. */
    private void refused(Throwable failure) {
        queue.tell(failure);
        misplaced = Optional.of(texts.failure(failure));
        refresh();
    }

    /** Answers the question: back to the choices. */
    public void reconsider() {
        looking.forget();
        clash.set("");
    }

    private void enqueue(List<ExportTargets.Target> targets, boolean replacing) {
        clash.set("");
        if (!ready.get()) {
            // The size was changed while the disk was asked, or the user, or the film has gone.
            return;
        }
        close();
        usualFolder = folder.get();
        used.set(choices());
        film.version().ifPresent(version -> {
            List<ExportJob.Order> orders = targets.stream()
                    .map(target -> order(target, replacing, version.request()))
                    .toList();
            // What is changed later does not reach an export on its way.
            List<FilmSnapshot.Part> parts = orders.stream()
                    .flatMap(order -> order.films().stream())
                    .distinct()
                    .toList();
            queue.add(orders, new FilmSnapshot(version, film.pace().orElseThrow(), parts));
        });
    }

    private ExportJob.Order order(ExportTargets.Target target, boolean replacing, MorphRequest shown) {
        return new ExportJob.Order(
                target.place(replacing),
                replacing && target.asks(),
                settings(target.kind().format()),
                target.kind().content() == ExportContent.SIDE_BY_SIDE
                        ? pair(shown)
                        : List.of(morph(shown, side -> captions.inFilm(side, shown))));
    }

    /** Two films whose names are short, or, where those would be the same, those on the screen. */
    private List<FilmSnapshot.Part> pair(MorphRequest shown) {
        List<FilmSnapshot.Part> pair = pair(shown, side -> captions.inFilm(side, shown));
        return pair.getFirst().name().equals(pair.getLast().name())
                ? pair(shown, side -> captions.of(side, Optional.of(shown)))
                : pair;
    }

    private List<FilmSnapshot.Part> pair(MorphRequest shown, Function<CompareSide, String> names) {
        return compare.pair(morph(shown, names), names);
    }

    private FilmSnapshot.Part morph(MorphRequest shown, Function<CompareSide, String> names) {
        return new FilmSnapshot.Part(film, shown, names.apply(CompareSide.CURRENT));
    }

    /** The choices that were last exported with, for the next session; null before. */
    ReadOnlyObjectProperty<StudioSettings.@Nullable Export> usedProperty() {
        return used.getReadOnlyProperty();
    }

    private StudioSettings.Export choices() {
        return new StudioSettings.Export(
                formats.chosen().stream().map(FilmFormat::name).toList(),
                contents.chosen().stream().map(ExportContent::name).toList(),
                scale.getInt(),
                quality.getInt(),
                repeats.getInt(),
                folder.get().toString());
    }

    /**
     * Begins with the choices of an earlier session, as far as they are there still. A folder that is found only after
     * another was exported to is not the usual one any more.
     */
    void restore(StudioSettings.Export choices) {
        tick(formats, choices.formats());
        tick(contents, choices.contents());
        set(scale, choices.scale());
        set(quality, choices.quality());
        set(repeats, choices.repeats());
        services.jobs()
                .run(
                        (progress, cancellation) -> ProjectDocuments.path(choices.folder())
                                .filter(Path::isAbsolute)
                                .filter(Files::isDirectory)
                                .filter(Files::isWritable),
                        JobRunner.Observer.<Optional<Path>>of(
                                found -> {
                                    if (used.get() == null) {
                                        usualFolder = found.orElse(usualFolder);
                                    }
                                },
                                failure -> {}));
    }

    private static <E extends Enum<E>> void tick(TicksParameter<E> parameter, List<String> names) {
        List<E> known = parameter.choices().stream()
                .filter(choice -> names.contains(choice.name()))
                .toList();
        if (!known.isEmpty()) {
            parameter.set(known.getFirst());
            known.forEach(choice -> parameter.ticked(choice).set(true));
        }
    }

    private static void set(NumberParameter parameter, @Nullable Integer number) {
        if (number != null) {
            parameter.set(number);
        }
    }

    private ExportTargets targets() {
        var kinds = new ArrayList<ExportTargets.Kind>();
        for (ExportContent content : contents.chosen()) {
            formats.chosen().forEach(format -> kinds.add(new ExportTargets.Kind(content, format)));
        }
        return new ExportTargets(folder.get(), ExportTargets.plain(name.get()), kinds);
    }

    private ExportSettings settings(FilmFormat format) {
        return new ExportSettings(
                format, fps.getInt(), quality.getInt(), scale.getInt(), order.get(), repeats.getInt());
    }

    /** What was asked or told was about other files. */
    private void targetsChanged() {
        clash.set("");
        sizeChanged();
    }

    /** What was refused may have its place or its room now. */
    private void sizeChanged() {
        misplaced = Optional.empty();
        refresh();
    }

    private void refresh() {
        canExport.set(film.version().isPresent());
        String plain = ExportTargets.plain(name.get());
        files.set(plain.isEmpty() ? "" : targets().names().stream().collect(Collectors.joining(" · ")));
        Optional<FrameShape> frame = frame();
        Optional<FrameShape> shape =
                frame.map(single -> written(contents.chosen().getFirst(), single));
        pixels.set(shape.map(size -> texts.get("export.pixels", size.width(), size.height()))
                .orElse(""));
        Optional<String> refusal = frame.flatMap(this::refusal);
        summary.set(
                refusal.or(() -> misplaced).or(() -> shape.map(this::summarise)).orElse(""));
        ready.set(canExport.get() && !plain.isEmpty() && refusal.isEmpty());
        beside.set(namesBeside());
    }

    /** Why a chosen format does not take a film of such frames, in a sentence; empty where all do. */
    private Optional<String> refusal(FrameShape frame) {
        try {
            for (ExportTargets.Kind kind : targets().kinds()) {
                FrameShape enlarged = written(kind.content(), frame);
                FrameSinks.checkSize(
                        film.cells().size(),
                        enlarged.width(),
                        enlarged.height(),
                        settings(kind.format()).withSizeMultiple(1));
            }
            return Optional.empty();
        } catch (ExportException e) {
            return Optional.of(texts.failure(e));
        }
    }

    private String namesBeside() {
        return contents.chosen().contains(ExportContent.SIDE_BY_SIDE)
                ? film.version()
                        .map(version -> pair(version.request()))
                        .map(pair -> texts.get(
                                "export.beside",
                                pair.getFirst().name(),
                                pair.getLast().name()))
                        .orElse("")
                : "";
    }

    /** The size of a frame in a film. */
    private FrameShape written(ExportContent content, FrameShape frame) {
        int multiple = scale.getInt();
        return content == ExportContent.SIDE_BY_SIDE
                ? new FrameShape(SideBySide.width(frame.width(), multiple), SideBySide.height(frame.height(), multiple))
                : new FrameShape(frame.width() * multiple, frame.height() * multiple);
    }

    private String summarise(FrameShape shape) {
        int frames = film.cells().size();
        if (formats.chosen().equals(List.of(FilmFormat.CONTACT_SHEET))) {
            ContactSheet sheet = ContactSheet.of(frames, shape.width(), shape.height());
            return texts.get("export.summary.sheet", frames, sheet.width(), sheet.height());
        }
        int passes = repeats.relevant().get() ? repeats.getInt() : 1;
        int written = order.get().order(frames).size() * passes;
        double shown =
                formats.chosen().stream().mapToDouble(FilmFormat::mostFps).reduce(fps.get(), Math::min);
        return texts.get("export.summary", written, written / shown, shape.width(), shape.height());
    }
}
