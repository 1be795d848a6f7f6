package io.vellamo.engine.group;

import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import java.time.Instant;
import java.util.Optional;

/**
 * Declared timers of an operator.
 *
 * @param name the user's constant
 * @param number their number in the journal
 */
public record DeclaredTimer(TimerName name, int number) {
  /** Returns the timer of an entry, as the user sees it. */
  public Timer timer(SlotEntry entry) {
    Optional<String> tag =
        entry.key().equals(EntryKey.NONE)
            ? Optional.empty()
            : Optional.of(Utf8.text(entry.key().bytes(), 1));
    return new Timer(name, tag, Instant.ofEpochMilli(entry.dueMillis()));
  }

  /** Returns their type in the journal. */
  public SlotType type() {
    return SlotType.of(name);
  }
}
