package io.vellamo.persistence.journal;

import io.vellamo.api.process.TimeDomain;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout of changes of variables and timers, and of their entries. */
public final class VariableFormat {
  /** Indices in this list are written to the journal: append new types, never move one. */
  private static final List<SlotType> TYPES =
      List.of(
          new SlotType(Kind.VALUE, null),
          new SlotType(Kind.VALUE, TimeDomain.EVENT_TIME),
          new SlotType(Kind.VALUE, TimeDomain.PROCESSING_TIME),
          new SlotType(Kind.LIST, null),
          new SlotType(Kind.LIST, TimeDomain.EVENT_TIME),
          new SlotType(Kind.LIST, TimeDomain.PROCESSING_TIME),
          new SlotType(Kind.MAP, null),
          new SlotType(Kind.MAP, TimeDomain.EVENT_TIME),
          new SlotType(Kind.MAP, TimeDomain.PROCESSING_TIME),
          new SlotType(Kind.TIMERS, TimeDomain.EVENT_TIME),
          new SlotType(Kind.TIMERS, TimeDomain.PROCESSING_TIME));

  // A put has the code of its type; these codes leave room for more types.
  private static final int REMOVED = 64;
  private static final int DROPPED_UNTIL = 65;
  private static final int CLEARED = 66;
  private static final int ALL_CLEARED = 67;

  private static final byte[] NO_VALUE = {};

  private VariableFormat() {}

  static int typeCode(SlotType type) {
    return TYPES.indexOf(type);
  }

  static SlotType type(int code) {
    return TYPES.get(code);
  }

  static void writeNumbers(List<Integer> variables, BinaryOutput out) {
    out.writeUnsigned(variables.size());
    variables.forEach(out::writeUnsigned);
  }

  static List<Integer> readNumbers(BinaryInput in) {
    int size = in.readCount();
    List<Integer> variables = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      variables.add((int) in.readUnsigned());
    }
    return variables;
  }

  /** Writes the type of a variable and its entries. */
  public static void write(SlotType type, List<SlotEntry> entries, BinaryOutput out) {
    out.writeByte(typeCode(type));
    out.writeUnsigned(entries.size());
    entries.forEach(entry -> write(entry, type, out));
  }

  /** Reads the type of a variable; its entries follow. */
  public static SlotType readType(BinaryInput in) {
    return type(in.readByte());
  }

  /** Reads the entries of a variable. */
  public static List<SlotEntry> readEntries(SlotType type, BinaryInput in) {
    int count = in.readCount();
    List<SlotEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(readEntry(type, in));
    }
    return entries;
  }

  static void write(List<VariableChange> changes, BinaryOutput out) {
    out.writeUnsigned(changes.size());
    for (VariableChange change : changes) {
      write(change, out);
    }
  }

  private static void write(VariableChange change, BinaryOutput out) {
    if (change instanceof Put put) {
      out.writeByte(typeCode(put.type()));
      out.writeUnsigned(put.variable());
      write(put.entry(), put.type(), out);
    } else if (change instanceof Removed removed) {
      out.writeByte(REMOVED);
      out.writeUnsigned(removed.variable());
      out.writeBytes(removed.key().bytes());
    } else if (change instanceof DroppedUntil dropped) {
      out.writeByte(DROPPED_UNTIL);
      out.writeUnsigned(dropped.variable());
      out.writeUnsigned(dropped.number());
    } else if (change instanceof Cleared cleared) {
      out.writeByte(CLEARED);
      out.writeUnsigned(cleared.variable());
    } else if (change instanceof AllCleared) {
      out.writeByte(ALL_CLEARED);
    } else {
      throw new AssertionError("unhandled " + change.getClass());
    }
  }

  private static void write(SlotEntry entry, SlotType type, BinaryOutput out) {
    if (hasKey(type)) {
      out.writeBytes(entry.key().bytes());
    }
    if (type.kind() != Kind.VALUE) {
      out.writeUnsigned(entry.number());
    }
    if (type.kind() != Kind.TIMERS) {
      out.writeBytes(entry.value());
    }
    if (type.domain() != null) {
      out.writeNullable(entry.dueMillis() == SlotEntry.NEVER ? null : (Long) entry.dueMillis());
    }
  }

  private static boolean hasKey(SlotType type) {
    return type.kind() == Kind.MAP || type.kind() == Kind.TIMERS;
  }

  static List<VariableChange> read(BinaryInput in) {
    int count = in.readCount();
    List<VariableChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(readChange(in));
    }
    return changes;
  }

  private static VariableChange readChange(BinaryInput in) {
    int code = in.readByte();
    return switch (code) {
      case REMOVED -> new Removed(number(in), EntryKey.of(in.readBytes()));
      case DROPPED_UNTIL -> new DroppedUntil(number(in), in.readUnsigned());
      case CLEARED -> new Cleared(number(in));
      case ALL_CLEARED -> new AllCleared();
      default -> new Put(number(in), type(code), readEntry(type(code), in));
    };
  }

  private static int number(BinaryInput in) {
    return Math.toIntExact(in.readUnsigned());
  }

  private static SlotEntry readEntry(SlotType type, BinaryInput in) {
    EntryKey key = hasKey(type) ? EntryKey.of(in.readBytes()) : EntryKey.NONE;
    long number = type.kind() == Kind.VALUE ? 0 : in.readUnsigned();
    byte[] value = type.kind() == Kind.TIMERS ? NO_VALUE : in.readBytes();
    @Nullable Long dueMillis = type.domain() == null ? null : in.readNullable();
    return new SlotEntry(key, number, value, dueMillis == null ? SlotEntry.NEVER : dueMillis);
  }
}
