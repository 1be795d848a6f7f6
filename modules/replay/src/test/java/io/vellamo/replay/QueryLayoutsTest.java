package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.StateType;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.codec.RecordLayouts;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tools know the layouts of a query, whether its journal begins with a record or a snapshot. */
final class QueryLayoutsTest {
  record Visit(String page, int clicks) {}

  private static final QueryCreated CREATED =
      new QueryCreated(new UUID(0, 1), 4, List.of(), 1, WatermarkPolicy.MIN);

  private final RecordLayouts written = new RecordLayouts();
  private final byte[] state =
      JacksonStateCodec.of(StateType.of(Visit.class), written).write(new Visit("/", 3));

  @Test
  void layouts_ofRecords_areKnown() {
    assertShown(CREATED, new LayoutsAdded(written.own()));
  }

  @Test
  void layouts_ofASnapshot_areKnown() {
    assertShown(
        new QuerySnapshot(
            CREATED, QueryLedger.created(CREATED.id(), CREATED.shards()), written.own()));
  }

  private void assertShown(QueryRecord... records) {
    QueryScan scan = new QueryScan("visits", problem -> {});
    for (int i = 0; i < records.length; i++) {
      scan.accept(new JournalEntry<>(i + 1, 1, records[i]));
    }

    assertThat(String.valueOf(new JsonForms(scan.layouts()).ofState(state)))
        .isEqualTo("{\"page\":\"/\",\"clicks\":3}");
  }
}
