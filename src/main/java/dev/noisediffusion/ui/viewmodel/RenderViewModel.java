package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.Frame;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.RenderPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** Keeps the films up to date, the frame in sight first. A newer render ends the older one. */
public final class RenderViewModel {
    /** A film, and what it should show. */
    record Order(FilmstripViewModel film, MorphRequest request) {}

    private final JobRunner runner;
    private final Debounce rest;
    private final Texts texts;
    private final Supplier<Optional<ModelLease>> model;
    private final Supplier<List<Order>> wanted;
    private final KeyframesViewModel keyframes;
    private final IntUnaryOperator inSight;
    private final ReadOnlyObjectWrapper<RenderState> state = new ReadOnlyObjectWrapper<>(RenderState.IDLE);
    private final ReadOnlyObjectWrapper<@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final ReadOnlyBooleanWrapper canStart = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper whyNot = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Set<FilmstripViewModel>> otherFilms = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<Set<FilmstripViewModel>> outdatedFilms = new ReadOnlyObjectWrapper<>(Set.of());
    private final BooleanExpression outdated =
            Bindings.createBooleanBinding(() -> !outdatedFilms.get().isEmpty(), outdatedFilms);
    private Consumer<Runnable> prelude = Runnable::run;
    /** Whether a render will begin by itself: once the hand rests, and what comes before it is over. */
    private boolean resting;

    private @Nullable Run current;

    /**
     * Nothing rendered yet.
     *
     * @param keyframes say what of the pictures is lacking while no film is wanted
     * @param inSight the number of the frame that is looked at, among as many frames as it is given
     */
    RenderViewModel(
            JobRunner runner,
            Debounce rest,
            Texts texts,
            Supplier<Optional<ModelLease>> model,
            Supplier<List<Order>> wanted,
            KeyframesViewModel keyframes,
            IntUnaryOperator inSight) {
        this.runner = runner;
        this.rest = rest;
        this.texts = texts;
        this.model = model;
        this.wanted = wanted;
        this.keyframes = keyframes;
        this.inSight = inSight;
        whyNot.set(lacking());
        Changes.on(live, this::changed);
    }

    private String lacking() {
        if (model.get().isEmpty()) {
            return texts.get("render.noModel");
        }
        if (keyframes.areLoading()) {
            return texts.get("render.reading");
        }
        return texts.get(keyframes.onPath().isEmpty() ? "render.twoPictures" : "render.secondPicture");
    }

    public ReadOnlyObjectProperty<RenderState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** How far the render is, null before its first news. */
    public ReadOnlyObjectProperty<@Nullable Progress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Why the last render failed, empty if it did not. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Whether changes render by themselves. */
    public BooleanProperty liveProperty() {
        return live;
    }

    /** Whether there is a model, and pictures enough for it. */
    public ReadOnlyBooleanProperty canStartProperty() {
        return canStart.getReadOnlyProperty();
    }

    /** What a render still lacks, in a sentence; empty once it can start. */
    public ReadOnlyStringProperty whyNotProperty() {
        return whyNot.getReadOnlyProperty();
    }

    /** Whether a film in sight shows other settings than those of this moment, and stays so until a render is asked for. */
    public BooleanExpression outdatedProperty() {
        return outdated;
    }

    /** The films of which that is so. */
    ReadOnlyObjectProperty<Set<FilmstripViewModel>> outdatedFilms() {
        return outdatedFilms.getReadOnlyProperty();
    }

    /** The films in sight that show other settings than those of this moment, be their successors on the way or not. */
    ReadOnlyObjectProperty<Set<FilmstripViewModel>> otherFilms() {
        return otherFilms.getReadOnlyProperty();
    }

    /** Whether a film of other settings is about to be replaced: with Live, until the render is cancelled or has failed. */
    boolean isOvertaken(FilmstripViewModel film) {
        return live.get()
                && otherFilms.get().contains(film)
                && !outdatedFilms.get().contains(film);
    }

    public void dismissMessage() {
        message.set("");
    }

    /** Puts something between the rest of the hand and the render; it is given what comes after it. */
    void precededBy(Consumer<Runnable> work) {
        prelude = work;
    }

    /**
     * Tells that something a film depends on has changed: a render of what is no longer wanted ends at once, and when
     * the hand rests, what has changed is rendered anew; a film that there is nothing of yet begins at once. Where every
     * frame is there already, as after undo or when a frame was left out, the films show it at once. Without Live a render
     * on its way goes on as it was asked for, whatever is there.
     */
    void changed() {
        Optional<ModelLease> lease = model.get();
        canStart.set(lease.isPresent() && !wanted.get().isEmpty());
        whyNot.set(canStart.get() ? "" : lacking());
        boolean mayEnd = live.get() || current == null || current.givingWay;
        if (mayEnd && lease.isPresent() && isAtHand(lease.get())) {
            start();
        } else if (live.get()) {
            if (current != null
                    && !(lease.isPresent() && current.renders(stale(wanted.get(), lease.get()), lease.get()))) {
                current.giveWay();
            }
            resting = true;
            Runnable go = () -> prelude.accept(this::startAfterPrelude);
            if (lease.isPresent() && beginsFilms(lease.get())) {
                rest.soon(go);
            } else {
                rest.restart(go);
            }
        } else {
            // Nothing is rendered by itself any more.
            endRest();
            if (current != null && current.givingWay) {
                cancel();
            } else if (current != null) {
                leaveUnseen(current);
            }
        }
        lookForOutdated();
    }

    /** Whether nothing is being made, and there is nothing yet of what will be: no slider moves, which would show in a film. */
    private boolean beginsFilms(ModelLease lease) {
        boolean calm = state.get() == RenderState.IDLE || state.get() == RenderState.FINISHED;
        // What is stale takes long to find out, at every move of a slider: mostly all films are there.
        if (!calm || wanted.get().stream().noneMatch(RenderViewModel::isBlank)) {
            return false;
        }
        List<Order> stale = stale(wanted.get(), lease);
        return !stale.isEmpty() && stale.stream().allMatch(RenderViewModel::isBlank);
    }

    private static boolean isBlank(Order order) {
        return order.film.cells().isEmpty();
    }

    /** Goes on without the films that nobody sees any more. */
    private void leaveUnseen(Run run) {
        Set<FilmstripViewModel> seen = wanted.get().stream().map(Order::film).collect(Collectors.toSet());
        List<Order> left = ofFilms(seen, run.orders);
        if (seen.isEmpty() || left.size() == run.orders.size()) {
            return;
        }
        if (left.isEmpty()) {
            run.token.cancel();
            run.end(RenderState.FINISHED);
        } else {
            replace(new Run(left, ofFilms(seen, run.together), run.lease));
        }
    }

    private static List<Order> ofFilms(Set<FilmstripViewModel> films, List<Order> orders) {
        return orders.stream().filter(order -> films.contains(order.film)).toList();
    }

    /** What came between may itself have been ended by a render that has begun; one that was called off does not begin. */
    private void startAfterPrelude() {
        if (resting && (current == null || current.givingWay)) {
            start();
        } else {
            endRest();
        }
    }

    private void endRest() {
        rest.cancel();
        resting = false;
    }

    /** Renders the films that do not show what they should. */
    public void start() {
        endRest();
        Optional<ModelLease> lease = model.get();
        List<Order> together = wanted.get();
        if (lease.isEmpty() || together.isEmpty()) {
            cancel();
            return;
        }
        List<Order> stale = stale(together, lease.get());
        if (stale.isEmpty()) {
            // What is still made, or was not made to its end, was wanted by a comparison that is over.
            if (current != null) {
                current.token.cancel();
                current.end(RenderState.FINISHED);
            } else if (state.get() == RenderState.CANCELLED || state.get() == RenderState.FAILED) {
                replace(new Run(stale, together, lease.get()));
            }
        } else if (current == null || !current.renders(stale, lease.get())) {
            replace(new Run(stale, together, lease.get()));
        }
    }

    private boolean isAtHand(ModelLease lease) {
        List<Order> orders = wanted.get();
        return !orders.isEmpty()
                && paced(orders, lease)
                        .filter(paced -> hasAll(orders, paced, lease))
                        .isPresent();
    }

    private static boolean hasAll(List<Order> orders, List<MorphRequest> paced, ModelLease lease) {
        MorphRenderer renderer = lease.open().renderer();
        return IntStream.range(0, orders.size())
                .allMatch(i -> orders.get(i).film.hasAll(renderer.identities(paced.get(i))));
    }

    /**
     * The orders with their speeds measured, empty while some are not. Needs no network call and no lease, and so not the lock
     * that closing a model waits for.
     */
    private static Optional<List<MorphRequest>> paced(List<Order> orders, ModelLease lease) {
        List<MorphRequest> requests = orders.stream().map(Order::request).toList();
        return requests.isEmpty()
                ? Optional.of(requests)
                : lease.open().renderer().paced(requests);
    }

    /** What films do not show. A rival's frames keep the time of the morph: once that is known, it has to be theirs too. */
    private static List<Order> stale(List<Order> orders, ModelLease lease) {
        return paced(orders, lease)
                .map(paced -> stale(orders, paced, lease))
                .orElseGet(() -> orders.stream()
                        .filter(order -> !order.film.shows(lease.version(order.request)))
                        .toList());
    }

    private static List<Order> stale(List<Order> orders, List<MorphRequest> paced, ModelLease lease) {
        var stale = new ArrayList<Order>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            if (!order.film.shows(lease.version(order.request), paced.get(i).path())) {
                stale.add(order);
            }
        }
        return stale;
    }

    private void replace(Run next) {
        if (current != null) {
            current.token.cancel();
            current.settle();
        }
        current = next;
        message.set("");
        progress.set(null);
        become(RenderState.RENDERING);
        next.begin();
    }

    /** Ends the render in progress, or the one to come; what has arrived stays. */
    public void cancel() {
        endRest();
        if (current == null) {
            lookForOutdated();
        } else {
            Run ended = current;
            current = null;
            ended.token.cancel();
            ended.settle();
            become(RenderState.CANCELLED);
        }
    }

    /** Forgets what was rendered. */
    void reset() {
        cancel();
        become(RenderState.IDLE);
    }

    private void become(RenderState next) {
        if (!state.get().canBecome(next)) {
            throw new IllegalStateException("A render cannot go from " + state.get() + " to " + next);
        }
        state.set(next);
        lookForOutdated();
    }

    private void lookForOutdated() {
        Optional<ModelLease> lease = model.get();
        List<Order> others = lease.map(this::ofOtherSettings).orElse(List.of());
        otherFilms.set(films(others.stream()));
        outdatedFilms.set(films(others.stream().filter(order -> !isComing(order, lease.orElseThrow()))));
    }

    private static Set<FilmstripViewModel> films(Stream<Order> orders) {
        return orders.map(Order::film).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a film is on its way, or will be without being asked for; a render may be one of other settings. */
    private boolean isComing(Order order, ModelLease lease) {
        return resting || (current != null && current.makes(order, lease));
    }

    /** A film that lacks frames is not among them: those that it has are what they should be. */
    private List<Order> ofOtherSettings(ModelLease lease) {
        return wanted.get().stream()
                .filter(order -> order.film.isOfOther(lease.version(order.request)))
                .toList();
    }

    /** One render on its way; its news count only while it is the current one. */
    private final class Run {
        private List<Order> orders;
        /** With those that show already what they should: all keep the time of the first. */
        private final List<Order> together;

        private final ModelLease lease;
        private CancellationToken token = new CancellationToken();
        private List<MorphRequest> paced = List.of();
        private long jobs;
        private boolean givingWay;

        Run(List<Order> orders, List<Order> together, ModelLease lease) {
            this.orders = orders;
            this.together = together;
            this.lease = lease;
        }

        boolean renders(List<Order> others, ModelLease otherLease) {
            return !givingWay && orders.equals(others) && lease.equals(otherLease);
        }

        boolean makes(Order order, ModelLease otherLease) {
            return !givingWay && orders.contains(order) && lease.equals(otherLease);
        }

        void begin() {
            Optional<List<MorphRequest>> known = paced(together, lease);
            if (known.isPresent()) {
                make(known.get(), 0);
            } else {
                double measured = MorphRenderer.PACING_SHARE;
                run(
                        (listener, cancellation) -> pace(listener.part(0, measured), cancellation),
                        all -> make(all, measured));
            }
        }

        private List<MorphRequest> pace(ProgressListener listener, CancellationToken cancellation) {
            List<MorphRequest> requests = together.stream().map(Order::request).toList();
            return lease.ask(renderer -> renderer.paced(requests, listener, cancellation));
        }

        /**
         * Begins the films.
         *
         * @param all requests with their speeds measured
         * @param measured the part of the work that this has taken, in [0, 1)
         */
        private void make(List<MorphRequest> all, double measured) {
            orders = stale(together, all, lease);
            List<MorphRequest> requests = orders.stream()
                    .map(order -> all.get(together.indexOf(order)))
                    .toList();
            paced = requests;
            int first = inSight.applyAsInt(all.getFirst().plan().frames().size());
            beginAll(first);
            var parts = new LinkedHashMap<MorphRequest, Set<Integer>>();
            for (int i = 0; i < orders.size(); i++) {
                parts.computeIfAbsent(requests.get(i), added -> new HashSet<>())
                        .addAll(orders.get(i).film.missing());
            }
            lookForOutdated();
            if (orders.stream().allMatch(order -> order.film.isComplete())) {
                end(RenderState.FINISHED);
            } else {
                List<RenderPart> wantedParts = parts.entrySet().stream()
                        .map(part -> new RenderPart(part.getKey(), part.getValue()))
                        .toList();
                run(
                        (listener, cancellation) ->
                                render(wantedParts, first, listener.part(measured, 1), cancellation),
                        run -> end(RenderState.FINISHED));
            }
        }

        /** All have their new frames before one tells, the morph first: films of two lengths are never seen together. */
        private void beginAll(int first) {
            Runnable begin = () -> {
                for (int i = 0; i < orders.size(); i++) {
                    Order order = orders.get(i);
                    order.film.begin(
                            lease.version(order.request),
                            paced.get(i),
                            lease.open().renderer().identities(paced.get(i)).toList(),
                            first);
                }
            };
            for (Order order : orders) {
                Runnable inner = begin;
                begin = () -> order.film.atOnce(inner);
            }
            begin.run();
        }

        private <T> void run(Job<T> job, Consumer<T> then) {
            var observer = new JobRunner.Observer<T>(
                    news -> ifCurrent(() -> progress.set(news)),
                    result -> ifCurrent(() -> then.accept(result)),
                    failure -> ifCurrent(() -> fail(texts.failure(failure))),
                    () -> ifCurrent(this::ended));
            long begun = ++jobs;
            CancellationToken started = runner.run(job, observer);
            // A job that ran on this thread is over by now, and may have begun the next.
            if (begun == jobs) {
                token = started;
            }
            if (current != this) {
                started.cancel();
            }
        }

        private Run render(
                List<RenderPart> parts, int first, ProgressListener listener, CancellationToken cancellation) {
            dispatch(this::markNext);
            lease.use(renderer ->
                    renderer.renderParts(parts, FrameOrder.BISECTION, first, this::deliver, listener, cancellation));
            return this;
        }

        private void deliver(Frame frame) {
            Raster thumbnail = Raster.fitting(frame.picture(), FilmstripViewModel.THUMBNAIL_SIDE);
            dispatch(() -> {
                // A frame that arrives may let the next render begin, which has the films from then on.
                for (int i = 0; i < orders.size() && current == this; i++) {
                    if (paced.get(i).equals(frame.request())) {
                        orders.get(i).film.deliver(frame.index(), frame.picture(), thumbnail);
                    }
                }
                ifCurrent(this::markNext);
            });
        }

        private void markNext() {
            orders.forEach(order -> order.film.markRendering(lease.open().batchSize()));
        }

        private void dispatch(Runnable news) {
            runner.dispatch(() -> ifCurrent(news));
        }

        private void ifCurrent(Runnable news) {
            if (current == this) {
                news.run();
            }
        }

        /** Leaves the network to the preview; the render that comes when the hand rests takes this one's place. */
        void giveWay() {
            givingWay = true;
            token.cancel();
        }

        /** What nobody has cancelled was turned away by its model, which another has replaced. */
        private void ended() {
            if (!givingWay && token.isCancelled()) {
                end(RenderState.CANCELLED);
            } else if (!givingWay) {
                fail(texts.get("render.modelGone", lease.open().model().name()));
            }
        }

        private void fail(String why) {
            message.set(why);
            end(RenderState.FAILED);
        }

        private void end(RenderState how) {
            current = null;
            settle();
            become(how);
        }

        void settle() {
            orders.forEach(order -> order.film.settle());
        }
    }
}
