package io.vellamo.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

final class RocksFailuresTest {

  @Test
  void diskThatFails_isNoDamage_andNeedsNoBackup() {
    RocksDBException failure =
        new RocksDBException(
            "While pread: Input/output error", new Status(Code.IOError, SubCode.None, null));

    assertThat(RocksFailures.isDamage(failure)).isFalse();
    assertThat(RocksFailures.remedy(failure)).contains("try again").doesNotContain("backup");
  }

  @Test
  void diskWithoutRoom_needsRoom() {
    RocksDBException failure =
        new RocksDBException("No space", new Status(Code.IOError, SubCode.NoSpace, null));

    assertThat(RocksFailures.remedy(failure)).isEqualTo("make room on its disk");
  }

  @Test
  void checksumThatDiffers_orFileThatIsGone_isDamage() {
    RocksDBException corrupt =
        new RocksDBException("checksum", new Status(Code.Corruption, SubCode.None, null));
    RocksDBException gone =
        new RocksDBException(
            "No such file or directory: 000012.sst", new Status(Code.IOError, SubCode.None, null));

    assertThat(RocksFailures.remedy(corrupt)).isEqualTo("restore it from a backup");
    assertThat(RocksFailures.remedy(gone)).isEqualTo("restore it from a backup");
  }
}
