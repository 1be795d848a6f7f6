package io.vellamo.engine.inbox;

import io.vellamo.api.source.ListRangeReader;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A reader of an open inbox, as the query sees it: one partition, whose offsets count messages.
 *
 * @param <T> the events
 */
public final class InboxReader<T> implements SourceReader<T> {
  private static final SourcePartition PARTITION = new SourcePartition("inbox");

  private final String description;
  private final SourceInbox<T> inbox;
  private final ValueCodec codec;

  InboxReader(String description, SourceInbox<T> inbox, ValueCodec codec) {
    this.description = description;
    this.inbox = inbox;
    this.codec = codec;
  }

  /**
   * Returns the offset before which a query has committed everything; empty if it has not begun.
   */
  public static OptionalLong committedOf(Offsets offsets) {
    return offsets.of(PARTITION);
  }

  /** Returns the number of messages that are stored and not committed. */
  public long length() {
    return inbox.events().length();
  }

  @Override
  public Offsets latest() throws Exception {
    inbox.requireSound();
    return Offsets.of(Map.of(PARTITION, inbox.events().end()));
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
    Offsets begin =
        from.of(PARTITION).isPresent()
            ? from
            : Offsets.of(Map.of(PARTITION, inbox.events().first()));
    return OffsetRange.share(begin, upTo, maxEvents);
  }

  @Override
  public RangeReader<T> read(OffsetRange range) {
    List<StoredValue> stored = inbox.events().range(range.from(), range.until());
    if (stored.size() != range.until() - range.from()) {
      throw new SourceException(
          description,
          "Inbox of source [%s] must hold the messages [%d, %d), holds [%d] of them; restore the journal from a backup"
              .formatted(description, range.from(), range.until(), stored.size()),
          null);
    }
    return new ListRangeReader<>(stored.stream().map(this::event).toList(), range.from());
  }

  @SuppressWarnings("unchecked") // only events of the source were written
  private T event(StoredValue stored) {
    return (T) codec.read(stored);
  }

  @Override
  public void committed(Offsets offsets) {
    committedOf(offsets).ifPresent(inbox::committed);
  }

  @Override
  public void close() {
    inbox.close();
  }
}
