package io.vellamo.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class RecordFormatTest {

  private static final Payload PAYLOAD = Payload.of(7, "m", new byte[] {1, 2, 3});
  private static final Payload METADATA = Payload.of(8, "", new byte[] {4});
  private static final StoredEvent WITH_UUID =
      new StoredEvent(5, 6, "00000000-0000-0001-0000-000000000002", "am", PAYLOAD, METADATA);
  private static final StoredEvent WITH_TEXT = new StoredEvent(5, 6, "w", "", PAYLOAD, null);
  private static final StoredSnapshot SNAPSHOT = new StoredSnapshot(5, 6, PAYLOAD, METADATA);

  /** Written by version 1; must be readable for ever. */
  private static final String GOLDEN_UUID =
      "0103429fdaba0000000000000006000000000000000100000000000000020000"
          + "0002616d00000007000000016d00000003010203000000080000000000000001"
          + "04";

  private static final String GOLDEN_TEXT =
      "0100859292c0000000000000000600000001770000000000000007000000016d" + "00000003010203";
  private static final String GOLDEN_SNAPSHOT =
      "010155fe51c6000000000000000600000007000000016d000000030102030000" + "0008000000000000000104";

  @Test
  void records_ofVersion1_areWrittenAsEver() {
    assertThat(hex(RecordFormat.encode("a", WITH_UUID))).isEqualTo(GOLDEN_UUID);
    assertThat(hex(RecordFormat.encode("a", WITH_TEXT))).isEqualTo(GOLDEN_TEXT);
    assertThat(hex(RecordFormat.encode("a", SNAPSHOT))).isEqualTo(GOLDEN_SNAPSHOT);
  }

  @Test
  void records_ofVersion1_areReadAsEver() {
    assertThat(RecordFormat.decodeEvent("a", 5, bytes(GOLDEN_UUID)))
        .usingRecursiveComparison()
        .isEqualTo(WITH_UUID);
    assertThat(RecordFormat.decodeEvent("a", 5, bytes(GOLDEN_TEXT)))
        .usingRecursiveComparison()
        .isEqualTo(WITH_TEXT);
    assertThat(RecordFormat.decodeSnapshot("a", 5, bytes(GOLDEN_SNAPSHOT)))
        .usingRecursiveComparison()
        .isEqualTo(SNAPSHOT);
  }

  @Test
  void record_withAnyBitChanged_isFoundOut() {
    byte[] record = RecordFormat.encode("a", WITH_UUID);
    for (int bit = 0; bit < 8 * record.length; bit++) {
      byte[] damaged = record.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> RecordFormat.decodeEvent("a", 5, damaged))
          .isInstanceOf(DamagedRecordException.class);
    }
  }

  @Test
  void record_cutAnywhere_isFoundOut() {
    byte[] record = RecordFormat.encode("a", WITH_UUID);
    for (int length = 0; length < record.length; length++) {
      byte[] cut = Arrays.copyOf(record, length);

      assertThatThrownBy(() -> RecordFormat.decodeEvent("a", 5, cut))
          .isInstanceOf(DamagedRecordException.class);
    }
  }

  @Test
  void record_underAnotherKey_isFoundOut() {
    byte[] record = RecordFormat.encode("a", WITH_TEXT);

    assertThatThrownBy(() -> RecordFormat.decodeEvent("b", 5, record))
        .isInstanceOf(DamagedRecordException.class);
    assertThatThrownBy(() -> RecordFormat.decodeEvent("a", 6, record))
        .isInstanceOf(DamagedRecordException.class);
  }

  @Test
  void record_ofAnotherVersion_saysSo() {
    byte[] record = RecordFormat.encode("a", WITH_TEXT);
    record[0] = 9;

    assertThatThrownBy(() -> RecordFormat.decodeEvent("a", 5, record))
        .hasMessage(
            "Record [5] of persistence id [a] must be as it was written,"
                + " found [record version 9, known is 1];"
                + " restore the journal directory from a backup");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
