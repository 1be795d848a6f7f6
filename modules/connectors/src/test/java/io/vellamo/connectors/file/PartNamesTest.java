package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartNamesTest {
  private final Locale before = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "my-MM", "tr-TR", "en-US"})
  void names_areTheSameUnderEveryLocale(String tag) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(tag));
    PartNames names = PartNames.of("q", ".jsonl");

    Path part = SinkRun.write(JsonLines.sink(folder), List.<Object>of("row"));

    assertThat(part.getFileName()).hasToString("q-0000000001.jsonl");
    assertThat(names.epoch(names.part(7))).hasValue(7);
    assertThat(names.isTemporary(names.temporary(7))).isTrue();
    assertThatThrownBy(() -> JsonLines.sink(folder).open(new SinkContext("q", new UUID(2, 2), 0)))
        .as("another run")
        .isInstanceOf(SinkException.class);
  }
}
