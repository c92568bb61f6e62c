package dev.noisediffusion.export;

import java.util.Optional;

/** A recipe as the description of an XMP packet, which other programs show and keep. */
final class Xmp {
    private static final String START = "<rdf:li xml:lang=\"x-default\">" + Recipes.PREFIX;
    private static final String END = "</rdf:li>";

    private Xmp() {}

    static String wrap(String recipe) {
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
                + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                + "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                + "<dc:description><rdf:Alt>" + START + escape(recipe) + END
                + "</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
                + "<?xpacket end=\"r\"?>";
    }

    /** The recipe in a packet as {@link #wrap} makes it. */
    static Optional<String> unwrap(String packet) {
        int start = packet.indexOf(START);
        int end = packet.indexOf(END, Math.max(0, start));
        return start < 0 || end < 0
                ? Optional.empty()
                : Optional.of(unescape(packet.substring(start + START.length(), end)));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
