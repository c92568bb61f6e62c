package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.TraversalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * The cards over one window. While any is shown, the one in front has the keyboard: a key that arrives beneath
 * goes to it, and Tab goes round in it. When it goes, the keyboard returns to what had it before.
 */
final class Cards {
    /** The one in front comes last. */
    private final List<Card> shown = new ArrayList<>();

    /** Whether any card is shown. */
    boolean areShown() {
        return !shown.isEmpty();
    }

    /** Keeps the keys of a window to the card in front. */
    void guard(Scene scene) {
        scene.addEventFilter(KeyEvent.ANY, event -> {
            if (areShown()) {
                shown.getLast().guard(event);
            }
        });
    }

    /**
     * The pane that shows a card for as long as something asks for it. The card is made when it is shown for the first
     * time.
     *
     * @param id of the pane
     * @param name for screen readers
     * @param close called when the user closes the card with Escape or a click beside it
     * @param first what gets the keyboard whenever the card has come into sight
     */
    <T extends Node> ModalPane over(
            String id,
            String name,
            ReadOnlyBooleanProperty showing,
            Runnable close,
            Supplier<T> content,
            Function<? super T, ? extends Node> first) {
        var card = new Card(id, name);
        var once = new Once<>(content);
        showing.subscribe(asked -> {
            if (asked) {
                T made = once.get();
                card.show(made, first.apply(made));
            } else {
                card.hide();
            }
        });
        card.pane.displayProperty().subscribe(displayed -> {
            if (!displayed && showing.get()) {
                close.run();
            }
        });
        return card.pane;
    }

    /** A place over the window, without a card yet. */
    Card card(String id, String name) {
        return new Card(id, name);
    }

    /** A place over the window for a card, which comes and goes at once. */
    final class Card {
        private final ModalPane pane = new ModalPane();
        private final String name;
        private @Nullable Node first;
        private @Nullable Node before;

        private Card(String id, String name) {
            this.name = name;
            pane.setId(id);
            pane.setAccessibleText(name);
            pane.setInTransitionFactory(null);
            pane.setOutTransitionFactory(null);
            pane.displayProperty().subscribe(displayed -> {
                if (displayed) {
                    come();
                } else if (shown.contains(this)) {
                    go();
                }
            });
        }

        ModalPane pane() {
            return pane;
        }

        boolean isShown() {
            return shown.contains(this);
        }

        /** Shows a card, a part of which gets the keyboard. */
        void show(Node content, Node keyboard) {
            first = keyboard;
            // The content and not the pane, which stays in the window when the card goes.
            content.setAccessibleRole(AccessibleRole.DIALOG);
            content.setAccessibleText(name);
            pane.show(content);
            // What is scrolled is in the window once its skin is.
            content.applyCss();
            keyboard.requestFocus();
        }

        void hide() {
            pane.hide();
        }

        private void come() {
            before = owner();
            shown.add(this);
        }

        private void go() {
            boolean inFront = shown.getLast().equals(this);
            shown.remove(this);
            if (inFront) {
                giveBack();
            }
            before = null;
            // With it go its buttons that hear Enter and Escape wherever the keyboard is.
            pane.setContent(null);
        }

        private void giveBack() {
            Scene scene = pane.getScene();
            if (scene != null) {
                Node back = before != null && scene.equals(before.getScene()) ? before : scene.getRoot();
                back.requestFocus();
            }
        }

        private void guard(KeyEvent event) {
            Node owner = owner();
            if (owner == null || !isWithin(pane, owner)) {
                event.consume();
                takeKeyboard();
                Node now = owner();
                if (now != null && hasKeyboard()) {
                    now.fireEvent(event);
                }
            } else if (isTab(event)) {
                event.consume();
                boolean back = event.isShiftDown();
                owner.requestFocusTraversal(back ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                if (!hasKeyboard()) {
                    goRound(back);
                }
            }
        }

        private static boolean isTab(KeyEvent event) {
            return event.getEventType() == KeyEvent.KEY_PRESSED
                    && event.getCode() == KeyCode.TAB
                    && !event.isShortcutDown()
                    && !event.isControlDown()
                    && !event.isAltDown();
        }

        private void takeKeyboard() {
            if (first != null) {
                first.requestFocus();
            }
            if (!hasKeyboard()) {
                goRound(false);
            }
        }

        /** To the first control, or to the last. */
        private void goRound(boolean toLast) {
            Node content = pane.getContent();
            List<Node> stops = stops(content).toList();
            // Only who is traversed to looks like it.
            Node beside = toLast && stops.size() > 1 ? stops.get(stops.size() - 2) : content;
            beside.requestFocus();
            beside.requestFocusTraversal(TraversalDirection.NEXT);
        }

        private boolean hasKeyboard() {
            Node owner = owner();
            return owner != null && isWithin(pane.getContent(), owner);
        }

        private @Nullable Node owner() {
            Scene scene = pane.getScene();
            return scene == null ? null : scene.getFocusOwner();
        }
    }

    private static boolean isWithin(Node part, Node node) {
        return node.equals(part) || (node.getParent() != null && isWithin(part, node.getParent()));
    }

    /** What Tab stops at, in order. */
    private static Stream<Node> stops(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Stream.empty();
        }
        Stream<Node> parts = node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream().flatMap(Cards::stops)
                : Stream.empty();
        return node.isFocusTraversable() ? Stream.concat(Stream.of(node), parts) : parts;
    }
}
