package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ContactSheet;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.export.SideBySide;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.StudioSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
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
    private final FilmstripViewModel film;
    private final CompareViewModel compare;
    private final PaneCaptions captions;
    private final PlaybackViewModel playback;
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
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper pixels = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper beside = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper files = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper clash = new ReadOnlyStringWrapper("");
    /** Of work that is in no file. */
    private Path usualFolder = HOME;

    private boolean folderChosen;
    /** The work that name and folder were suggested for. */
    private int suggestedFor;

    private String suggestedName = "";
    private List<ExportTargets.Target> asked = List.of();

    ExportViewModel(
            StudioServices services,
            FilmstripViewModel film,
            CompareViewModel compare,
            PaneCaptions captions,
            PlaybackViewModel playback,
            ExportQueueViewModel queue,
            ProjectViewModel project) {
        this.services = services;
        this.texts = services.texts();
        this.film = film;
        this.compare = compare;
        this.captions = captions;
        this.playback = playback;
        this.queue = queue;
        this.project = project;
        this.looking = new Newest(services.jobs());
        this.fps = new NumberParameter(
                        "exportFps",
                        NumberParameter.Range.of(1, 60, 0),
                        playback.fps().get())
                .relevantWhen(anyFormat(FilmFormat::isTimed));
        Changes.on(film.revision(), this::refresh);
        Changes.on(compare.revision(), this::refresh);
        List.of(fps, scale, repeats).forEach(number -> Changes.on(number.valueProperty(), this::refresh));
        Changes.on(order.valueProperty(), this::refresh);
        Changes.on(formats.revision(), this::targetsChanged);
        Changes.on(contents.revision(), this::targetsChanged);
        Changes.on(name, this::targetsChanged);
        Changes.on(folder, this::targetsChanged);
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

    /** Whether the choices are on the screen. */
    public ReadOnlyBooleanProperty showingProperty() {
        return showing.getReadOnlyProperty();
    }

    /** The size of a frame as chosen, in pixels; empty while there is none. */
    public ReadOnlyStringProperty pixelsProperty() {
        return pixels.getReadOnlyProperty();
    }

    /** Which films are set beside each other; empty while none are to be. */
    public ReadOnlyStringProperty besideProperty() {
        return beside.getReadOnlyProperty();
    }

    /** Frames, length and size of the film as chosen. */
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

    /** Shows the choices. */
    public void open() {
        if (canExport.get()) {
            fps.set(playback.fps().get());
            order.set(playback.mode().get());
            clash.set("");
            suggest();
            showing.set(true);
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

    public void chooseFolder() {
        services.dialogs().chooseExportFolder(folder.get()).ifPresent(chosen -> {
            folderChosen = true;
            folder.set(chosen);
        });
    }

    /** Puts what is chosen into the queue; where files are in the way, asks first. */
    public void export() {
        if (files.get().isEmpty()) {
            return;
        }
        ExportTargets targets = targets();
        Set<Path> pending = queue.pending();
        looking.run(
                (progress, cancellation) -> targets.look(pending),
                JobRunner.Observer.<List<ExportTargets.Target>>of(this::decide, queue::tell));
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
        enqueue(asked, true);
    }

    /** Answers the question: the new files get a number. */
    public void keepBoth() {
        enqueue(asked, false);
    }

    /** Answers the question: back to the choices. */
    public void reconsider() {
        clash.set("");
    }

    private void enqueue(List<ExportTargets.Target> targets, boolean replacing) {
        reconsider();
        close();
        usualFolder = folder.get();
        used.set(choices());
        film.version().ifPresent(version -> {
            List<ExportJob.Order> orders = targets.stream()
                    .map(target -> order(target, replacing && target.asks(), version.request()))
                    .toList();
            // What is changed later does not reach an export on its way.
            List<FilmSnapshot.Part> parts = orders.stream()
                    .flatMap(order -> order.films().stream())
                    .distinct()
                    .toList();
            queue.add(orders, new FilmSnapshot(version, film.pace().orElseThrow(), parts));
        });
    }

    private ExportJob.Order order(ExportTargets.Target target, boolean replaces, MorphRequest shown) {
        return new ExportJob.Order(
                replaces ? target.wanted() : target.free(),
                replaces,
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

    /** What was asked was about other files. */
    private void targetsChanged() {
        reconsider();
        refresh();
    }

    private void refresh() {
        canExport.set(film.version().isPresent());
        String plain = ExportTargets.plain(name.get());
        files.set(plain.isEmpty() ? "" : targets().names().stream().collect(Collectors.joining(" · ")));
        Optional<FrameShape> shape =
                film.nearestWithPicture(0).flatMap(FrameCell::picture).map(this::written);
        pixels.set(shape.map(size -> texts.get("export.pixels", size.width(), size.height()))
                .orElse(""));
        summary.set(shape.map(this::summarise).orElse(""));
        beside.set(namesBeside());
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

    /** The size of a frame in the film, of two side by side where there is no other film. */
    private FrameShape written(Picture frame) {
        int multiple = scale.getInt();
        return contents.chosen().equals(List.of(ExportContent.SIDE_BY_SIDE))
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
