package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.NoiseDiffusion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * A page of pictures over the preview: one frame in many settings, or the morphs between three or four pictures. It
 * fills in by itself, every cell first with a quick look.
 */
public final class SheetViewModel {
    private static final String NO_FRESH_NOISE = "frames.noNoise.gamma";

    private final StudioServices services;
    private final Texts texts;
    private final Supplier<Optional<ShownFrame>> shown;
    private final ParametersViewModel parameters;
    private final HistoryViewModel history;
    private final FrameCache rendered;
    private final SheetPlans plans;
    private final Newest enlarging;
    private final SheetAxisViewModel across;
    private final SheetAxisViewModel down;
    private final NumberParameter side = new NumberParameter("sheetSide", NumberParameter.Range.of(2, 9, 0), 5);
    private final ReadOnlyObjectWrapper<SheetKind> kind = new ReadOnlyObjectWrapper<>(SheetKind.CLOSED);
    private final ReadOnlyObjectWrapper<@Nullable SheetPlan> plan = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Raster> large = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canExport = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper raisingGammaHelps = new ReadOnlyBooleanWrapper();
    private final BooleanExpression guidanceOffered;
    private final ReadOnlyObjectWrapper<@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private Optional<ShownFrame> frame = Optional.empty();
    private CancellationToken filling = new CancellationToken();
    /** Whether what is being filled is not what the settings of this moment would make. */
    private boolean stale;

    /**
     * No sheet yet.
     *
     * @param rendered frames of the films, among which its pictures are kept
     */
    SheetViewModel(
            StudioServices services,
            Supplier<Optional<ShownFrame>> shown,
            ParametersViewModel parameters,
            HistoryViewModel history,
            FrameCache rendered) {
        this.services = services;
        this.enlarging = new Newest(services.jobs());
        this.texts = services.texts();
        this.shown = shown;
        this.parameters = parameters;
        this.history = history;
        this.rendered = rendered;
        plans = new SheetPlans(parameters, texts);
        across = new SheetAxisViewModel(parameters, SheetAxis.GAMMA);
        down = new SheetAxisViewModel(parameters, SheetAxis.BOUNDARY);
        keepApart(across, down);
        keepApart(down, across);
        guidanceOffered =
                parameters.words().areRead().and(parameters.words().guidance().relevant());
        Changes.on(guidanceOffered, this::leaveGuidance);
        Changes.on(across.revision(), this::fill);
        Changes.on(down.revision(), this::fill);
        Changes.on(side.valueProperty(), this::fill);
    }

    private static void keepApart(SheetAxisViewModel one, SheetAxisViewModel other) {
        one.axis().valueProperty().addListener((observable, before, now) -> {
            if (now == other.axis().get()) {
                other.axis().set(before);
            }
        });
    }

    /** Nothing changes with the guidance where no words are read, or none are there. */
    private void leaveGuidance() {
        if (!guidanceOffered.get()) {
            Stream.of(across, down)
                    .filter(axis -> axis.axis().get() == SheetAxis.GUIDANCE)
                    .forEach(axis -> axis.axis().set(free()));
        }
    }

    /** An axis that is neither. */
    private SheetAxis free() {
        return Arrays.stream(SheetAxis.values())
                .filter(axis ->
                        axis != across.axis().get() && axis != down.axis().get())
                .findFirst()
                .orElseThrow();
    }

    /** Whether the guidance can be what changes. */
    public BooleanExpression guidanceOffered() {
        return guidanceOffered;
    }

    public ReadOnlyObjectProperty<SheetKind> kindProperty() {
        return kind.getReadOnlyProperty();
    }

    /** The sheet, null while there is none. */
    public ReadOnlyObjectProperty<@Nullable SheetPlan> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** A cell that is looked at, null if none is. */
    public ReadOnlyObjectProperty<@Nullable Raster> largeProperty() {
        return large.getReadOnlyProperty();
    }

    public SheetAxisViewModel across() {
        return across;
    }

    public SheetAxisViewModel down() {
        return down;
    }

    /** Cells in a row of a morph grid. */
    public NumberParameter side() {
        return side;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** How far it is filled, in [0, 1]; negative while nothing is filled, and during the quick look. */
    public ObservableValue<Double> fraction() {
        return progress.map(news -> news == null ? -1.0 : news.fraction()).orElse(-1.0);
    }

    /** How far it is filled; null while nothing is filled, and during the quick look. */
    ReadOnlyObjectProperty<@Nullable Progress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** How many of its cells are finished, in words. */
    String filled() {
        SheetPlan laid = plan.get();
        return laid == null || progress.get() == null
                ? texts.get("sheet.starting")
                : texts.get("sheet.filled", laid.finished(), laid.cells().size());
    }

    /** Whether every cell is finished. */
    public ReadOnlyBooleanProperty canExportProperty() {
        return canExport.getReadOnlyProperty();
    }

    /** What is being done, how long still, or what is the matter. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Whether other seeds make no other cells for want of fresh noise alone. */
    public ReadOnlyBooleanProperty raisingGammaHelpsProperty() {
        return raisingGammaHelps.getReadOnlyProperty();
    }

    public boolean isOpen() {
        return kind.get() != SheetKind.CLOSED;
    }

    /** Shows the frame in sight in many settings. */
    public void openContactSheet() {
        open(SheetKind.CONTACT_SHEET);
    }

    /** Shows the morphs between three or four pictures. */
    public void openMorphGrid() {
        open(SheetKind.MORPH_GRID);
    }

    private void open(SheetKind wanted) {
        lookAtAll();
        kind.set(wanted);
        fill();
    }

    /** Back from the cell that is looked at, or from the sheet. */
    public void close() {
        if (large.get() != null) {
            lookAtAll();
        } else {
            leave();
        }
    }

    /** Back from the sheet, whatever is looked at. */
    public void leave() {
        lookAtAll();
        cancel();
        // First of all: who gives the keyboard back must find it in a cell.
        kind.set(SheetKind.CLOSED);
        plan.set(null);
        frame = Optional.empty();
        raisingGammaHelps.set(false);
        doNothing();
    }

    private void lookAtAll() {
        enlarging.forget();
        large.set(null);
    }

    /** Ends the work in progress; the cells that are there stay. */
    public void cancel() {
        filling.cancel();
    }

    /** Tells that the sheet does not show what the settings of this moment would make. */
    void outdated() {
        if (isOpen()) {
            stale = true;
            cancel();
            message.set(texts.get("sheet.outdated"));
            markInUse();
        }
    }

    /** Only cells of a contact sheet have settings of their own. */
    private void markInUse() {
        SheetPlan laid = plan.get();
        if (laid != null && kind.get() == SheetKind.CONTACT_SHEET) {
            Optional<MorphRequest> now = shown.get().map(ShownFrame::request);
            laid.cells().forEach(cell -> cell.use(now.equals(Optional.of(cell.request()))));
        }
    }

    /** Makes the sheet anew; pictures of cells that there are already are not made again. */
    public void fill() {
        boolean axesSwap = across.axis().get() == down.axis().get(); // the other one follows at once
        if (!isOpen() || axesSwap) {
            return;
        }
        cancel();
        frame = shown.get();
        plan.set(frame.filter(this::suffices).map(this::lay).orElse(null));
        markInUse();
        canExport.set(false);
        raisingGammaHelps.set(false);
        progress.set(null);
        SheetPlan laid = plan.get();
        if (laid == null) {
            doNothing();
            message.set(texts.get(kind.get() == SheetKind.MORPH_GRID ? "sheet.threePictures" : "sheet.notReady"));
        } else {
            start(laid, frame.orElseThrow());
        }
    }

    /** What was being filled is gone, and so nobody hears of its end. */
    private void doNothing() {
        busy.set(false);
        progress.set(null);
    }

    private boolean suffices(ShownFrame seen) {
        return kind.get() == SheetKind.CONTACT_SHEET
                || seen.request().keyframes().size() > 2;
    }

    private SheetPlan lay(ShownFrame seen) {
        return kind.get() == SheetKind.CONTACT_SHEET
                ? plans.contactSheet(seen, across, down)
                : plans.morphGrid(seen, side.getInt());
    }

    private void start(SheetPlan laid, ShownFrame seen) {
        stale = false;
        busy.set(true);
        Optional<String> idle = whySeedsAreIdle(laid, seen);
        message.set(texts.get("sheet.starting"));
        String finished = texts.get(idle.orElse("sheet.finished." + kind.get()));
        var filler = new SheetFiller(services.jobs(), rendered, laid);
        filling = services.jobs()
                .run(
                        (listener, cancellation) -> {
                            seen.lease().use(renderer -> filler.fill(renderer, listener, cancellation));
                            return laid;
                        },
                        new JobRunner.Observer<>(
                                news -> ifCurrent(laid, () -> show(news)),
                                made -> ifCurrent(laid, () -> {
                                    rest(finished);
                                    raisingGammaHelps.set(idle.equals(Optional.of(NO_FRESH_NOISE)));
                                }),
                                failure -> ifCurrent(laid, () -> rest(texts.failure(failure))),
                                () -> ifCurrent(
                                        laid, () -> rest(texts.get(stale ? "sheet.outdated" : "sheet.cancelled")))));
    }

    /** Under which it is told why all seeds of a sheet make the same pictures; empty where they do not, or there are none. */
    private Optional<String> whySeedsAreIdle(SheetPlan laid, ShownFrame seen) {
        boolean seeds = kind.get() == SheetKind.CONTACT_SHEET
                && Stream.of(across, down).anyMatch(axis -> axis.axis().get() == SheetAxis.SEED);
        if (!seeds) {
            return Optional.empty();
        }
        if (seen.spot().mix().soleKeyframe().isPresent()
                && seen.request().settings().endpoints() != Endpoints.METHOD) {
            return Optional.of("frames.noNoise.keyframe");
        }
        if (seen.spot().ownNoise().isPresent()) {
            return Optional.of("frames.noNoise.locked");
        }
        List<MorphMethod> methods = laid.cells().stream()
                .map(cell -> cell.request().settings().method())
                .toList();
        if (methods.stream().anyMatch(MorphMethod::usesFreshNoise)) {
            return Optional.empty();
        }
        return Optional.of(methods.getFirst() instanceof NoiseDiffusion ? NO_FRESH_NOISE : "frames.noNoise.method");
    }

    /** Raises gamma, so that seeds make a difference, and makes the sheet anew. */
    public void raiseGamma() {
        parameters.gamma().set(FramesViewModel.OFFERED_GAMMA);
        fill();
    }

    private void ifCurrent(SheetPlan laid, Runnable news) {
        if (laid.equals(plan.get())) {
            news.run();
        }
    }

    private void show(Progress news) {
        progress.set(news);
        message.set(texts.get("sheet.filling", filled(), texts.left(news)));
    }

    private void rest(String what) {
        SheetPlan laid = plan.get();
        doNothing();
        canExport.set(laid != null && laid.isComplete());
        message.set(what);
    }

    /** Adopts the settings of a cell in one step and closes the sheet; a cell without settings is shown large. */
    public void choose(SheetCell cell) {
        if (hasSettings()) {
            leave();
            history.asOne(texts.get("history.sheet"), () -> parameters.apply(cell.values()));
        } else {
            look(cell);
        }
    }

    /** Whether its cells have settings of their own, to be adopted. */
    public boolean hasSettings() {
        return kind.get() == SheetKind.CONTACT_SHEET;
    }

    /** Shows a cell large and changes nothing. Without its picture only that is said. */
    public void look(SheetCell cell) {
        cell.picture().ifPresentOrElse(this::enlarge, this::tellUnfinished);
    }

    /**
     * Hands out the picture of a cell for the clipboard, in its own pixels. Without its picture only that is said.
     *
     * @param board takes it, on the thread of events
     */
    public void copy(SheetCell cell, Consumer<Raster> board) {
        cell.picture().ifPresentOrElse(picture -> copy(picture, cell.label(), board), this::tellUnfinished);
    }

    private void copy(Picture picture, String name, Consumer<Raster> board) {
        services.jobs()
                .run(
                        (progress, cancellation) -> Raster.of(picture),
                        JobRunner.Observer.<Raster>of(
                                raster -> {
                                    board.accept(raster);
                                    message.set(texts.get("sheet.copied", name));
                                },
                                failure -> message.set(texts.failure(failure))));
    }

    private void tellUnfinished() {
        message.set(texts.get("sheet.cell.unfinished"));
    }

    private void enlarge(Picture picture) {
        enlarging.run(
                (progress, cancellation) -> Raster.enlarged(picture),
                JobRunner.Observer.<Raster>of(large::set, failure -> message.set(texts.failure(failure))));
    }

    /** Asks where to, and saves the sheet as a picture with its labels. */
    public void export() {
        SheetPlan laid = plan.get();
        if (laid != null && canExport.get()) {
            // The sheet may be left while the dialog is open.
            ShownFrame seen = frame.orElseThrow();
            String extension = FilmFormat.CONTACT_SHEET.extension();
            services.dialogs()
                    .chooseSheetTarget(texts.get("sheet.fileName") + extension, extension)
                    .ifPresent(target -> exportTo(target, laid, seen));
        }
    }

    private void exportTo(Path target, SheetPlan laid, ShownFrame seen) {
        MorphRequest recipe = kind.get() == SheetKind.CONTACT_SHEET
                ? seen.request()
                : laid.cells().getFirst().request();
        message.set(texts.get("status.exporting", target.getFileName(), texts.activity(Activity.Work.WRITING_FRAMES)));
        services.jobs()
                .run(
                        (progress, cancellation) -> {
                            var request = ExportRequest.still(
                                    target,
                                    laid.labelled().draw(),
                                    1,
                                    recipe,
                                    seen.lease().open().model());
                            // Nobody can call it off, and a window that closes meanwhile waits for its end.
                            services.exporter().export(request, progress, new CancellationToken());
                            return target;
                        },
                        JobRunner.Observer.of(
                                saved -> message.set(texts.get("export.saved", saved.getFileName())),
                                failure -> message.set(texts.failure(failure))));
    }
}
