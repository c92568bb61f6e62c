package dev.noisediffusion;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while it is open. */
public final class RecordedLog implements AutoCloseable {
    private final List<LogRecord> entries = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            entries.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public RecordedLog() {
        root.addHandler(listener);
    }

    public List<LogRecord> entries() {
        return List.copyOf(entries);
    }

    /** Of one class. */
    public List<LogRecord> entriesOf(Class<?> logger) {
        return entries.stream()
                .filter(entry -> logger.getName().equals(entry.getLoggerName()))
                .toList();
    }

    @Override
    public void close() {
        root.removeHandler(listener);
    }
}
