package io.vellamo.persistence.message;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.ValueClasses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout of rows, in their order: rows with or without event times, or changes of a whole
 * result. A {@link TimedRow} without event time is read as its row, which means the same.
 */
final class RowsFormat {
  private static final int ROWS = 0;
  private static final int RESULT_ROWS = 1;

  private RowsFormat() {}

  /** Writes rows, which are either all changes of a whole result, or none of them. */
  static void write(List<Object> rows, ValueCodec codec, BinaryOutput out) {
    boolean areOfResult = !rows.isEmpty() && rows.get(0) instanceof ResultRow;
    out.writeByte(areOfResult ? RESULT_ROWS : ROWS);
    if (areOfResult) {
      ValueClasses classes = new ValueClasses();
      ListFormat.<Object>write(
          rows, (row, into) -> writeChange((ResultRow) row, codec, classes, into), out);
    } else {
      new ValueClasses().write(rows.stream().map(row -> stored(row, codec)).toList(), out);
    }
  }

  static List<Object> read(ValueCodec codec, BinaryInput in) {
    int kind = in.readByte();
    if (kind == RESULT_ROWS) {
      ValueClasses classes = new ValueClasses();
      return ListFormat.read(from -> readChange(codec, classes, from), in);
    }
    if (kind != ROWS) {
      throw new IllegalArgumentException("unknown kind of rows");
    }
    List<StoredValue> stored = new ValueClasses().read(in);
    List<Object> rows = new ArrayList<>(stored.size());
    for (StoredValue row : stored) {
      Object read = codec.read(row);
      rows.add(row.eventTime() == null ? read : new TimedRow(read, row.eventTime()));
    }
    return rows;
  }

  private static StoredValue stored(Object row, ValueCodec codec) {
    TimedRow timed = TimedRow.of(row);
    StoredValue written = codec.write(timed.row());
    return timed.eventTime() == null ? written : written.at(timed.eventTime());
  }

  private static void writeChange(
      ResultRow change, ValueCodec codec, ValueClasses classes, BinaryOutput out) {
    out.writeBytes(change.place().group().bytes());
    out.writeSigned(change.place().number());
    out.writeUnsigned(change.bytes());
    Object row = change.row();
    classes.write(row == null ? List.of() : List.of(codec.write(row)), out);
  }

  private static ResultRow readChange(ValueCodec codec, ValueClasses classes, BinaryInput in) {
    ResultRow.Place place = new ResultRow.Place(GroupKey.of(in.readBytes()), in.readSigned());
    int bytes = ShardValues.readInt(in);
    return new ResultRow(place, onlyOrNull(classes.read(in), codec), bytes);
  }

  private static @Nullable Object onlyOrNull(List<StoredValue> values, ValueCodec codec) {
    if (values.size() > 1) {
      throw new IllegalArgumentException("a place of a result has one row");
    }
    return values.isEmpty() ? null : codec.read(values.get(0));
  }
}
