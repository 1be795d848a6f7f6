package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JournalOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "vellamo.embedded-journal.journal, vellamo.embedded-journal.read-journal",
    "jdbc-journal, jdbc-read-journal",
    "pekko.persistence.cassandra.journal, pekko.persistence.cassandra.query"
  })
  void readPlugin_isDerivedFromKnownJournals(String journal, String expected) {
    assertThat(options("vellamo.journal.plugin = \"" + journal + "\"").readPlugin())
        .isEqualTo(expected);
    assertThat(options("pekko.persistence.journal.plugin = \"" + journal + "\"").readPlugin())
        .isEqualTo(expected);
  }

  @Test
  void readPlugin_thatIsSet_isTaken() {
    assertThat(options("vellamo.journal.read-plugin = other").readPlugin()).isEqualTo("other");
  }

  @Test
  void readPlugin_ofAnUnknownJournal_mustBeSet() {
    assertThatThrownBy(() -> options("vellamo.journal.plugin = mine").requireReadPlugin())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "vellamo.journal.read-plugin must name the read journal of [mine], was empty; set it to"
                + " the id of that journal's Pekko Persistence Query plugin");
  }

  private static JournalOptions options(String settings) {
    return JournalOptions.from(
        ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()));
  }
}
