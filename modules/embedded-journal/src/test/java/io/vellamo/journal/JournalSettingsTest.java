package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.journal.store.StoreSettings;
import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalSettingsTest {

  @Test
  void defaults_areThoseOfTheReference() {
    StoreSettings settings = JournalSettings.from(config(""));

    assertThat(settings)
        .isEqualTo(
            new StoreSettings(
                Path.of("vellamo-data/journal").toAbsolutePath(),
                true,
                true,
                DamagedLog.FAIL,
                Compression.LZ4,
                32 << 20,
                8 << 20,
                2,
                8 << 20));
  }

  @Test
  void directory_isMadeAbsolute() {
    assertThat(JournalSettings.from(config("dir = data/../journal")).directory())
        .isEqualTo(Path.of("journal").toAbsolutePath());
    assertThat(JournalSettings.from(config("dir = /data/journal")).directory())
        .isEqualTo(Path.of("/data/journal").toAbsolutePath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void blankDirectory_isAnErrorWithTheFullPath(String directory) {
    assertThatThrownBy(() -> JournalSettings.from(config("dir = \"" + directory + "\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vellamo.embedded-journal.dir must name a directory, was ["
                + directory
                + "]; set it to a local directory of this application");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write-buffer = 0 | vellamo.embedded-journal.write-buffer must be positive, was [0]",
        "background-jobs = -1 | vellamo.embedded-journal.background-jobs must be positive, was [-1]",
        "damaged-log = skip | vellamo.embedded-journal.damaged-log must be one of [fail, truncate],"
            + " was [skip]",
        "compression = zip | vellamo.embedded-journal.compression must be one of [none, lz4],"
            + " was [zip]"
      })
  void value_thatCannotBeUsed_isAnErrorWithTheFullPath(String setting, String message) {
    assertThatThrownBy(() -> JournalSettings.from(config("dir = x\n" + setting)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Config config(String settings) {
    return ConfigFactory.parseString("vellamo.embedded-journal {\n" + settings + "\n}")
        .withFallback(ConfigFactory.load());
  }
}
