package dev.noisediffusion.ui.view;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import org.jspecify.annotations.Nullable;

/**
 * What a drag from another program carries, made by hand: the headless platform knows no drags.
 *
 * @param content of the drag
 */
record DragboardOf(ClipboardContent content) {
    private Dragboard dragboard() {
        Constructor<?> constructor = Dragboard.class.getDeclaredConstructors()[0];
        Class<?> peer = constructor.getParameterTypes()[0];
        constructor.setAccessible(true);
        try {
            Object clipboard = Proxy.newProxyInstance(
                    DragboardOf.class.getClassLoader(),
                    new Class<?>[] {peer},
                    (proxy, method, arguments) -> answer(method, arguments));
            return (Dragboard) constructor.newInstance(clipboard);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hovers over a node and is let go there; on the FX thread. */
    void dropOn(Node target) {
        dropOn(target, 5, 5);
    }

    /** The same at a place in the scene. */
    void dropOn(Node target, double x, double y) {
        hoverOver(target, x, y);
        target.fireEvent(event(DragEvent.DRAG_DROPPED, x, y));
    }

    /** Hovers over a node at a place in the scene; on the FX thread. */
    void hoverOver(Node target, double x, double y) {
        target.fireEvent(event(DragEvent.DRAG_OVER, x, y));
    }

    /** How a node takes it, if it is offered to be moved or copied. */
    @Nullable
    TransferMode acceptedBy(Node target) {
        var over = new DragEvent(DragEvent.DRAG_OVER, dragboard(), 5, 5, 5, 5, TransferMode.MOVE, null, null, null);
        target.fireEvent(over);
        return over.getAcceptedTransferMode();
    }

    private DragEvent event(EventType<DragEvent> type, double x, double y) {
        return new DragEvent(type, dragboard(), x, y, x, y, TransferMode.COPY, null, null, null);
    }

    private @Nullable Object answer(Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "getContentTypes" -> content.keySet();
            case "hasContent" -> arguments != null && content.containsKey((DataFormat) arguments[0]);
            case "getContent" -> arguments == null ? null : content.get((DataFormat) arguments[0]);
            case "getTransferModes" -> Set.of(TransferMode.COPY, TransferMode.MOVE);
            default -> null;
        };
    }
}
