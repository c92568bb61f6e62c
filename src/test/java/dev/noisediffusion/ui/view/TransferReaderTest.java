package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.ui.viewmodel.PictureOffer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.framework.junit5.ApplicationExtension;

/** What is found in what a browser lets be dragged out of it. */
@ExtendWith(ApplicationExtension.class)
class TransferReaderTest {
    private static final String PICTURE = "https://example.org/a/Bird's_nest.jpg?a=1&b=2";
    private static final String LINK = "https://example.org/link.jpg";

    private static List<PictureOffer> dragged(String html) {
        var content = new ClipboardContent();
        content.putHtml(html);
        content.putUrl(LINK);
        var offers = new ArrayList<PictureOffer>();
        onFx(() -> {
            var target = new Region();
            target.setOnDragDropped(event -> offers.addAll(TransferReader.offers(event.getDragboard())));
            new DragboardOf(content).dropOn(target);
        });
        return offers;
    }

    private static List<PictureOffer> web(String address) {
        return List.of(new PictureOffer.Web(URI.create(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=\"@\">",
                "<img data-src=\"/img/r.jpg\" src=\"@\">",
                "<img src=@>",
                "<img src = @ alt=x/>",
                "<img alt=\"A > B\" src=\"@\">",
                "<img alt='src=\"x\"' SRC=\"@\">",
                "<img src=\"\" data-src=x><img src alt=''><img src=\"@\">",
                "<p>src=x</p><imgs src=x><img alt><IMG\nhidden src=\"@\"/>"
            })
    void anAddressWithAnApostropheOrBesideALazyOneIsThePicturesOwn(String html) {
        assertEquals(web(PICTURE), dragged(html.replace("@", PICTURE.replace("&", "&amp;"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=\"/r.jpg\">",
                "<img src=\"https://example.org/my photo.jpg\">",
                "<img src=\"https://example.org/r.jpg",
                "<img src>",
                "<img alt=\"src=x\">",
                "<a href=\"x\">"
            })
    void whereThePageGivesNoAddressThatOfTheLinkIsTaken(String html) {
        assertEquals(web(LINK), dragged(html));
    }

    @Test
    void aLargePageThatIsNoneIsReadOnce() {
        assertEquals(web(LINK), dragged("<img a=1 ".repeat(200_000)));
        assertEquals(web(PICTURE), dragged("<img a=" + "x".repeat(1_000_000) + " src=\"" + PICTURE + "\">"));
    }
}
