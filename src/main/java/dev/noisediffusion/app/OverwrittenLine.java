package dev.noisediffusion.app;

import java.io.IOException;
import java.io.Writer;

/**
 * A stream to a terminal with a line that is written over: what begins with a carriage return takes the place of that line,
 * and anything else that is said meanwhile begins on a line of its own. To be used by one {@link java.io.PrintWriter}, which
 * keeps threads apart.
 */
final class OverwrittenLine extends Writer {
    private final Writer out;
    private boolean open;

    OverwrittenLine(Writer out) {
        this.out = out;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        if (length == 0) {
            return;
        }
        boolean over = text[from] == '\r';
        if (open && !over) {
            out.write(System.lineSeparator());
        }
        out.write(text, from, length);
        open = over && text[from + length - 1] != '\n';
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
