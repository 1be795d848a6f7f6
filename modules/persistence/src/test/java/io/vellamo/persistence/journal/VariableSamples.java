package io.vellamo.persistence.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.variable.CreatedVariable;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.AllCleared;
import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.DroppedUntil;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variables and their changes, of every type, for golden files. */
final class VariableSamples {
  private static final List<@Nullable TimeDomain> DOMAINS = domains();

  private VariableSamples() {}

  static CreatedOperator operator() {
    return new CreatedOperator("orders", GroupStateTimeout.NONE, true, variables());
  }

  /** Returns a variable of every type; one of them is dropped. */
  static List<CreatedVariable> variables() {
    List<CreatedVariable> all = new ArrayList<>();
    for (SlotType type : types()) {
      all.add(new CreatedVariable("määrä" + all.size(), type, all.size() == 4));
    }
    return all;
  }

  private static List<SlotType> types() {
    List<SlotType> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (TimeDomain domain : DOMAINS) {
        if (kind != Kind.TIMERS || domain != null) {
          all.add(new SlotType(kind, domain));
        }
      }
    }
    return all;
  }

  private static List<@Nullable TimeDomain> domains() {
    List<@Nullable TimeDomain> domains = new ArrayList<>();
    domains.add(null);
    domains.addAll(List.of(TimeDomain.values()));
    return domains;
  }

  /** Returns an entry of every type. */
  static List<VariableChange> puts() {
    List<VariableChange> all = new ArrayList<>();
    for (SlotType type : types()) {
      all.add(new Put(all.size(), type, entry(type, all.size())));
    }
    return all;
  }

  private static SlotEntry entry(SlotType type, int number) {
    boolean hasKey = type.kind() == Kind.MAP || type.kind() == Kind.TIMERS;
    return new SlotEntry(
        hasKey ? key("avain") : EntryKey.NONE,
        type.kind() == Kind.VALUE ? 0 : 300L + number,
        type.kind() == Kind.TIMERS ? new byte[0] : new byte[] {1, -1, (byte) number},
        type.domain() == null ? SlotEntry.NEVER : 1_700_000_000_000L - number);
  }

  /** Returns every kind of change; some entries of expiring variables never expire. */
  static List<VariableChange> changes() {
    SlotType expiring = new SlotType(Kind.MAP, TimeDomain.EVENT_TIME);
    SlotType timers = new SlotType(Kind.TIMERS, TimeDomain.PROCESSING_TIME);
    List<VariableChange> all = new ArrayList<>(puts());
    all.add(0, new AllCleared());
    all.add(new Put(7, expiring, new SlotEntry(key("ikuinen"), 301, new byte[0], SlotEntry.NEVER)));
    all.add(new Put(10, timers, new SlotEntry(EntryKey.NONE, 0, new byte[0], -5)));
    all.add(new Removed(300, key("avain")));
    all.add(new Removed(0, EntryKey.NONE));
    all.add(new DroppedUntil(3, 16_384));
    all.add(new Cleared(6));
    return all;
  }

  private static EntryKey key(String text) {
    return EntryKey.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
