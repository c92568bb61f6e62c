package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ModelQuestion;
import dev.noisediffusion.ui.viewmodel.ModelsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A question about a model, in place of the list. */
final class ModelQuestionView extends VBox {
    ModelQuestionView(ModelQuestion question, ModelsViewModel models, Texts texts) {
        getStyleClass().add("model-question");
        setId("models-question");
        Label title = Nodes.label(question.title(), "model-name");
        Label text = Nodes.label(question.text());
        Nodes.wrap(text);
        text.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(title, text);
        if (!question.address().isEmpty()) {
            var address = new TextField(question.address());
            address.setEditable(false);
            Nodes.name(address, texts.get("models.address"));
            getChildren().add(address);
        }
        Button no = Nodes.button(texts.get("models.no"), models::decline);
        no.setId("models-no");
        no.setCancelButton(true);
        Button yes = new Button(texts.get("models.yes." + question.kind().name().toLowerCase(Locale.ROOT)));
        yes.setId("models-yes");
        boolean deletes =
                question.kind() == ModelQuestion.Kind.REMOVAL || question.kind() == ModelQuestion.Kind.DISCARD;
        yes.setDefaultButton(!deletes);
        yes.getStyleClass().add(deletes ? Styles.DANGER : Styles.ACCENT);
        if (question.kind() == ModelQuestion.Kind.TOKEN) {
            var token = new PasswordField();
            token.setId("models-token");
            token.setPromptText(texts.get("models.token.prompt"));
            Nodes.name(token, texts.get("models.token.prompt"));
            getChildren().add(token);
            yes.setOnAction(event -> models.giveToken(token.getText()));
            yes.disableProperty().bind(token.textProperty().map(String::isBlank));
        } else {
            yes.setOnAction(event -> models.accept());
        }
        getChildren().add(Nodes.styled(new HBox(Nodes.spacer(), no, yes), "dialog-buttons"));
    }
}
