package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/** The studio: all its parts, and what ties them together. */
public final class StudioViewModel implements AutoCloseable {
    private final Texts texts;
    private final ModelViewModel model;
    private final ObservableValue<FrameShape> shape;
    private final KeyframesViewModel keyframes;
    private final ParametersViewModel parameters;
    private final FrameCache rendered = new FrameCache(FrameCache.DEFAULT_BYTES);
    private final FilmstripViewModel film = new FilmstripViewModel(rendered);
    private final KeptSettingsViewModel kept;
    private final CompareViewModel compare;
    private final PlaybackViewModel playback;
    private final PreviewViewModel preview;
    private final RenderViewModel render;
    private final LivePreviewViewModel live;
    private final MaskToolViewModel maskTool;
    private final ExportQueueViewModel exports;
    private final ExportViewModel export;
    private final StatusViewModel status;
    private final PresetsViewModel presets;
    private final StorageViewModel storage;
    private final WorkViewModel work;
    private final PathViewModel path;
    private final FramesViewModel frames;
    private final StillViewModel still;
    private final SheetViewModel sheet;
    private final LabViewModel lab;
    private final NoiseHealthViewModel health;
    private final ModelsViewModel models;
    private final CriticViewModel critic;
    private final ObservableValue<Prompt> prompt;

    public StudioViewModel(StudioServices services) {
        texts = services.texts();
        model = new ModelViewModel(services.jobs(), services.models(), services.dialogs(), texts);
        shape = model.shape();
        var reader = new OfferReader(services.pictures(), services.web(), texts);
        keyframes = new KeyframesViewModel(services.jobs(), reader, services.dialogs(), texts, shape);
        parameters = new ParametersViewModel(services.random());
        parameters.words().readerProperty().bind(model.wordReader());
        playback = new PlaybackViewModel(services.ticker());
        // Before all others that hear of the film, and ask for the frame in sight.
        Changes.on(film.revision(), () -> playback.setCount(film.cells().size()));
        kept = new KeptSettingsViewModel(parameters, texts);
        compare = new CompareViewModel(parameters, kept, rendered);
        render = new RenderViewModel(
                services.renders(), services.rest(), texts, model::lease, this::orders, keyframes, playback::among);
        var captions = new PaneCaptions(parameters, kept, keyframes::letters, texts);
        preview = new PreviewViewModel(services.jobs(), film, compare, playback, captions, render.outdatedFilms());
        live = new LivePreviewViewModel(services.jobs(), film, playback, this::shownFrame);
        maskTool = new MaskToolViewModel(parameters, film, playback, compare, shape);
        work = new WorkViewModel(services, keyframes, parameters, kept, compare, playback, model);
        storage = new StorageViewModel(services);
        presets = new PresetsViewModel(services, parameters, work, model);
        exports = new ExportQueueViewModel(services, model, this::isRendering);
        export = new ExportViewModel(
                services, model::lease, film, compare, captions, playback, render, exports, work.project());
        sheet = new SheetViewModel(services, this::shownFrame, parameters, work.history(), rendered);
        critic = new CriticViewModel(services, model, film, playback, preview, compare);
        lab = new LabViewModel(services, keyframes, model, parameters, work.history());
        status = new StatusViewModel(
                texts, model, keyframes, render, exports, film, work.project(), sheet, critic.training(), lab);
        health = new NoiseHealthViewModel(services, this::shownFrame, keyframes, playback, parameters, work.history());
        path = new PathViewModel(keyframes, parameters);
        parameters.frames().relevantWhen(path.framesShared());
        parameters.easing().relevantWhen(path.movementShared());
        frames = new FramesViewModel(keyframes, parameters, film, live, work.history(), services);
        still = new StillViewModel(services, film, this::isOvertaken, export.scale()::getInt, exports);
        models = new ModelsViewModel(
                services.jobs(), services.library(), model, work.project(), services.dialogs(), texts);
        work.sendModelsTo(this::addModels);
        prompt = Bindings.createObjectBinding(
                this::choosePrompt,
                preview.mainProperty(),
                model.stateProperty(),
                keyframes.revision(),
                render.stateProperty(),
                render.liveProperty());
        Changes.on(keyframes.revision(), this::picturesChanged);
        Changes.on(keyframes.segmentsRevision(), this::settingsChanged);
        Changes.on(parameters.revision(), this::settingsChanged);
        Changes.on(model.leaseProperty(), live::clear);
        Changes.on(model.leaseProperty(), sheet::outdated);
        Changes.on(model.leaseProperty(), health::clear);
        Changes.on(playback.indexProperty(), health::moved);
        Changes.on(playback.countProperty(), health::moved);
        Changes.on(film.doneProperty(), this::frameArrived);
        Changes.on(render.stateProperty(), this::renderChanged);
        Changes.on(model.leaseProperty(), this::renderWhatIsStale);
        Changes.on(render.stateProperty(), live::stop);
        Changes.on(render.liveProperty(), this::liveSwitched);
        render.precededBy(live::rested);
        Changes.on(
                live.rasterProperty(), () -> preview.cover(live.rasterProperty().get()));
        Changes.on(compare.revision(), render::changed);
        Changes.on(model.leaseProperty(), exports::forgetNote);
        Changes.on(render.outdatedFilms(), exports::forgetNote);
        Changes.on(film.revision(), exports::goOn);
        compare.films().forEach(rival -> Changes.on(rival.revision(), exports::goOn));
        Changes.on(render.stateProperty(), exports::goOn);
        Changes.on(render.stateProperty(), this::letTheLabWait);
        Changes.on(live.lookingProperty(), this::letTheLabWait);
        Changes.on(sheet.busyProperty(), this::letTheLabWait);
        Changes.on(exports.runningProperty(), this::letTheLabWait);
    }

    /** Shows the list, which tells what becomes of it. */
    private void addModels(List<Path> folders) {
        models.show();
        models.add(folders);
    }

    /** The lab has no hurry. */
    private void letTheLabWait() {
        lab.giveWay(isRendering()
                || live.lookingProperty().get() > 0
                || sheet.busyProperty().get()
                || exports.runningProperty().get() != null);
    }

    private boolean isRendering() {
        return render.stateProperty().get() == RenderState.RENDERING;
    }

    /** Whether a frame of the film is about to be replaced, or a look at other settings stands in its place. */
    private boolean isOvertaken(FrameCell cell) {
        return render.isOvertaken(film)
                || (live.rasterProperty().get() != null
                        && cell.index() == playback.indexProperty().get());
    }

    private Prompt choosePrompt() {
        if (preview.mainProperty().get() != null) {
            return Prompt.NONE;
        }
        if (model.stateProperty().get() == ModelState.NONE) {
            return Prompt.OPEN_A_MODEL;
        }
        if (!keyframes.areReady()) {
            return Prompt.ADD_PICTURES;
        }
        return switch (render.stateProperty().get()) {
            case RENDERING, FINISHED -> Prompt.WAIT;
            case IDLE -> render.liveProperty().get() ? Prompt.WAIT : Prompt.RENDER;
            case CANCELLED, FAILED -> Prompt.RENDER;
        };
    }

    private void picturesChanged() {
        exports.forgetNote();
        // Only a project or a recipe misses pictures: the film is that of the work before.
        boolean ofOtherWork = !keyframes.areReady()
                && keyframes.slots().stream()
                        .anyMatch(slot -> slot.stateProperty().get() == SlotState.MISSING);
        if (!film.cells().isEmpty() && (ofOtherWork || isOfOtherPictures())) {
            render.reset();
            film.clear();
            compare.clear();
        }
        compare.forgetUnseen();
        sheet.outdated();
        health.clear();
        renderWhatIsStale();
        lookAtPictures();
    }

    /** Where pictures come or go while the film plays, it plays on without a look. */
    private void lookAtPictures() {
        if (render.liveProperty().get() && (!playback.playingProperty().get() || hasOtherPictures())) {
            live.moved();
        } else {
            live.clear();
        }
    }

    /** Whether the film is of as many pictures as there are, but not of these. */
    private boolean hasOtherPictures() {
        Optional<List<Keyframe>> now = keyframes.keyframes();
        Optional<List<Keyframe>> before =
                film.version().map(version -> version.request().keyframes());
        return !now.equals(before) && now.map(List::size).equals(before.map(List::size));
    }

    /** Of a film that is whole already no frame arrives, and yet its health, which was forgotten, is to be measured. */
    private void renderWhatIsStale() {
        render.changed();
        if (shownFrame().filter(frame -> film.shows(frame.version())).isPresent()) {
            health.rendered();
        }
    }

    /** Whether the film shows none of the pictures that there are, once none is on its way. */
    private boolean isOfOtherPictures() {
        Set<String> present = keyframes.onPath().stream()
                .flatMap(slot -> slot.keyframe().stream())
                .map(keyframe -> keyframe.picture().hash())
                .collect(Collectors.toSet());
        return !keyframes.areLoading()
                && film.version().stream()
                        .flatMap(version -> version.request().keyframes().stream())
                        .noneMatch(
                                keyframe -> present.contains(keyframe.picture().hash()));
    }

    /** With a frame that a render makes more encodings are known; those of the cache may arrive before it. */
    private void frameArrived() {
        if (film.doneProperty().get() > 0) {
            health.rendered();
        }
    }

    /** Where every frame was there already, none has told that it arrived. */
    private void renderChanged() {
        if (render.stateProperty().get() == RenderState.FINISHED) {
            health.rendered();
        }
    }

    /** What stands for a frame to come goes with Live: none comes by itself any more. */
    private void liveSwitched() {
        if (!render.liveProperty().get()) {
            live.clear();
        }
    }

    private void settingsChanged() {
        exports.forgetNote();
        compare.forgetUnseen();
        sheet.outdated();
        render.changed();
        health.moved();
        if (render.liveProperty().get()) {
            live.moved();
        }
    }

    private List<RenderViewModel.Order> orders() {
        Optional<MorphRequest> wanted = request();
        var orders = new ArrayList<RenderViewModel.Order>();
        wanted.ifPresent(request -> {
            orders.add(new RenderViewModel.Order(film, request));
            orders.addAll(compare.orders(request));
        });
        return List.copyOf(orders);
    }

    private Optional<MorphRequest> request() {
        return keyframes
                .keyframes()
                .map(pictures -> new MorphRequest(
                        pictures, parameters.path(keyframes.segments()), parameters.settings(pictures.size())));
    }

    private Optional<ShownFrame> shownFrame() {
        return model.lease()
                .flatMap(lease -> request().map(request -> {
                    List<FramePlan.Spot> plan = request.plan().frames();
                    int index = playback.among(plan.size());
                    boolean sameWay = film.cells().size() == plan.size()
                            && film.version()
                                    .filter(version -> version.request().path().equals(request.path()))
                                    .isPresent();
                    FramePlan.Spot spot = sameWay
                            ? film.cells().get(index).spot()
                            : paced(request, lease).plan().frames().get(index);
                    return new ShownFrame(request, index, spot, lease);
                }));
    }

    /** With its speeds measured where all of them were before; nothing is measured for it. */
    private static MorphRequest paced(MorphRequest request, ModelLease lease) {
        return lease.open()
                .renderer()
                .paced(List.of(request))
                .map(List::getFirst)
                .orElse(request);
    }

    /** What to do next, or that there is a morph to see. */
    public ObservableValue<Prompt> prompt() {
        return prompt;
    }

    public Texts texts() {
        return texts;
    }

    public ModelViewModel model() {
        return model;
    }

    public KeyframesViewModel keyframes() {
        return keyframes;
    }

    /** The ways between the pictures. */
    public PathViewModel path() {
        return path;
    }

    /** What can be done to single frames. */
    public FramesViewModel frames() {
        return frames;
    }

    /** Single frames as pictures. */
    public StillViewModel still() {
        return still;
    }

    public ParametersViewModel parameters() {
        return parameters;
    }

    public FilmstripViewModel film() {
        return film;
    }

    public CompareViewModel compare() {
        return compare;
    }

    /** Settings that are kept to be compared. */
    public KeptSettingsViewModel kept() {
        return kept;
    }

    public PlaybackViewModel playback() {
        return playback;
    }

    public PreviewViewModel preview() {
        return preview;
    }

    public RenderViewModel render() {
        return render;
    }

    public LivePreviewViewModel live() {
        return live;
    }

    /** The brush for what acts more or less where. */
    public MaskToolViewModel maskTool() {
        return maskTool;
    }

    public NoiseHealthViewModel health() {
        return health;
    }

    public ExportViewModel export() {
        return export;
    }

    /** The exports on their way. */
    public ExportQueueViewModel exports() {
        return exports;
    }

    /** What lies on the disk without being asked for. */
    public StorageViewModel storage() {
        return storage;
    }

    public PresetsViewModel presets() {
        return presets;
    }

    public StatusViewModel status() {
        return status;
    }

    /** Contact sheets and morph grids. */
    public SheetViewModel sheet() {
        return sheet;
    }

    /** Experiments on the pictures and the model of the studio. */
    public LabViewModel lab() {
        return lab;
    }

    /** Undo, the project and what else keeps the work. */
    public WorkViewModel work() {
        return work;
    }

    /** The artifact critic of the model in use. */
    public CriticViewModel critic() {
        return critic;
    }

    /** The list of models. */
    public ModelsViewModel models() {
        return models;
    }

    /** Asks all work to end; to be called before {@link #close()}, on the thread of events. */
    public void cancelAll() {
        playback.pause();
        live.clear();
        sheet.cancel();
        lab.cancel();
        exports.cancelAll();
        health.clear();
        render.cancel();
        model.cancel();
        models.cancel();
        critic.cancel();
    }

    /**
     * Closes the model, then forgets the work; waits a while for work that uses the model, so this is for a background thread.
     *
     * @throws IllegalStateException if the model could not be closed; the work is forgotten all the same
     */
    @Override
    public void close() {
        try {
            critic.close();
            model.close();
        } finally {
            work.close();
        }
    }
}
