package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.Frame;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** Keeps the films up to date. A newer render ends the older one. */
public final class RenderViewModel {
    /** A film, and what it should show. */
    record Order(FilmstripViewModel film, MorphRequest request) {}

    private final JobRunner runner;
    private final Debounce rest;
    private final Texts texts;
    private final Supplier<Optional<ModelLease>> model;
    private final Supplier<List<Order>> wanted;
    private final ReadOnlyObjectWrapper<RenderState> state = new ReadOnlyObjectWrapper<>(RenderState.IDLE);
    private final ReadOnlyObjectWrapper<@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private Consumer<Runnable> prelude = Runnable::run;
    private @Nullable Run current;

    RenderViewModel(
            JobRunner runner,
            Debounce rest,
            Texts texts,
            Supplier<Optional<ModelLease>> model,
            Supplier<List<Order>> wanted) {
        this.runner = runner;
        this.rest = rest;
        this.texts = texts;
        this.model = model;
        this.wanted = wanted;
        Changes.on(live, this::changed);
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

    public void dismissMessage() {
        message.set("");
    }

    /** Puts something between the rest of the hand and the render; it is given what comes after it. */
    void precededBy(Consumer<Runnable> work) {
        prelude = work;
    }

    /**
     * Tells that something a film depends on has changed: a render of what is no longer wanted ends at once, and when
     * the hand rests, the films are rendered anew.
     */
    void changed() {
        if (live.get()) {
            Optional<ModelLease> lease = model.get();
            if (current != null && !(lease.isPresent() && current.renders(stale(lease.get()), lease.get()))) {
                current.giveWay();
            }
            rest.restart(() -> prelude.accept(this::start));
        }
    }

    /** Renders the films that do not show what they should. */
    public void start() {
        rest.cancel();
        Optional<ModelLease> lease = model.get();
        if (lease.isEmpty() || wanted.get().isEmpty()) {
            cancel();
            return;
        }
        List<Order> stale = stale(lease.get());
        if (!stale.isEmpty() && !(current != null && current.renders(stale, lease.get()))) {
            replace(new Run(stale, lease.get()));
        }
    }

    /** The orders that are left when each film has taken over what another one shows already. */
    private List<Order> stale(ModelLease lease) {
        Recipe.Model used = lease.open().model();
        List<Order> orders = wanted.get();
        var stale = new ArrayList<Order>();
        for (Order order : orders) {
            var version = new FilmstripViewModel.Version(order.request, used);
            if (!order.film.shows(version)) {
                orders.stream()
                        .map(Order::film)
                        .filter(film -> film.shows(version))
                        .findFirst()
                        .ifPresentOrElse(film -> order.film.copy(film, version), () -> stale.add(order));
            }
        }
        return List.copyOf(stale);
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

    /** Ends the render in progress; what has arrived stays. */
    public void cancel() {
        rest.cancel();
        if (current != null) {
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
    }

    /** One render on its way; its news count only while it is the current one. */
    private final class Run {
        private final List<Order> orders;
        private final ModelLease lease;
        private CancellationToken token = new CancellationToken();
        private boolean givingWay;

        Run(List<Order> orders, ModelLease lease) {
            this.orders = orders;
            this.lease = lease;
        }

        boolean renders(List<Order> others, ModelLease otherLease) {
            return !givingWay && orders.equals(others) && lease.equals(otherLease);
        }

        void begin() {
            orders.forEach(order -> order.film.begin(
                    new FilmstripViewModel.Version(order.request, lease.open().model())));
            var observer = new JobRunner.Observer<Run>(
                    news -> ifCurrent(() -> progress.set(news)),
                    run -> ifCurrent(() -> end(RenderState.FINISHED)),
                    failure -> ifCurrent(() -> fail(failure)),
                    () -> ifCurrent(this::ended));
            CancellationToken started = runner.run(this::render, observer);
            token = started;
            if (current != this) {
                started.cancel();
            }
        }

        private Run render(ProgressListener listener, CancellationToken cancellation) {
            List<MorphRequest> requests =
                    orders.stream().map(Order::request).distinct().toList();
            dispatch(this::markNext);
            lease.use(renderer ->
                    renderer.renderTogether(requests, FrameOrder.BISECTION, this::deliver, listener, cancellation));
            return this;
        }

        private void deliver(Frame frame) {
            Raster thumbnail = Raster.fitting(frame.picture(), FilmstripViewModel.THUMBNAIL_SIDE);
            dispatch(() -> {
                orders.stream()
                        .filter(order -> order.request.equals(frame.request()))
                        .forEach(order -> order.film.deliver(frame.index(), frame.picture(), thumbnail));
                markNext();
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

        private void ended() {
            if (!givingWay) {
                end(RenderState.CANCELLED);
            }
        }

        private void fail(Throwable failure) {
            message.set(texts.failure(failure));
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
