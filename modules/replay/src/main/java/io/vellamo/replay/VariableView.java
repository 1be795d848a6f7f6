package io.vellamo.replay;

import io.vellamo.api.process.TimeDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a group, or its timers of one name.
 *
 * @param name the name
 * @param kind the kind
 * @param clock the clock of its expiry or, for timers, of the timers; null if entries never expire
 * @param isDropped whether the last start of the query no longer declares it
 * @param entryCount the number of its entries, including those that have expired and are not
 *     removed yet
 * @param entries the first of them in their order, up to {@link JournalReplay#withEntryLimit}
 * @since 0.1
 */
public record VariableView(
    String name,
    Kind kind,
    @Nullable TimeDomain clock,
    boolean isDropped,
    long entryCount,
    List<EntryView> entries) {
  /** A kind of variable. */
  public enum Kind {
    /** A single value. */
    VALUE,
    /** A list of elements. */
    LIST,
    /** A map. */
    MAP,
    /** Timers by tag. */
    TIMERS
  }

  /** Copies the entries. */
  public VariableView {
    entries = List.copyOf(entries);
  }
}
