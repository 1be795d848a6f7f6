package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries on the embedded journal, over restarts of the whole actor system. */
final class DurableQueryTest {
  /** A key of the user's own class. */
  record Place(String country, String city) {}

  /** A state and row that hold everything there is of a place. */
  record Visits(Place place, long count, List<Long> last) {}

  private final MemorySource<Place> places = MemorySource.create();
  private final MemorySink<Visits> visits = MemorySink.create();

  @TempDir private Path directory;

  @Test
  void newSystem_goesOnWhereTheOldOneWas() throws Exception {
    Place turku = new Place("fi", "Turku");
    Place paris = new Place("fr", "Paris");
    for (long round = 1; round <= 3; round++) {
      try (TestSystem system = start("vellamo.journal.least-snapshot-size = 1")) {
        visits.clear();
        places.add(turku, paris, turku);

        StreamingQuery query = query(system);
        query.awaitTermination();

        assertThat(visits.rows())
            .containsExactlyInAnyOrder(
                new Visits(turku, 2 * round, List.of(2 * round)),
                new Visits(paris, round, List.of(round)));
        assertThat(query.lastProgress().orElseThrow().epoch()).isEqualTo(round);
        assertThat(query.lastProgress().orElseThrow().total().processed()).isEqualTo(3 * round);
      }
    }
  }

  @Test
  void otherNumberOfShards_isRefused() throws Exception {
    places.add(new Place("fi", "Turku"));
    try (TestSystem system = start("vellamo.query.shards = 4")) {
      query(system).awaitTermination();
    }

    try (TestSystem system = start("vellamo.query.shards = 8")) {
      StreamingQuery query = query(system);

      assertThatThrownBy(query::awaitTermination)
          .hasMessageContaining("vellamo.query.shards must be [4], as in the journal, was [8]");
    }
  }

  @Test
  void settingOutOfRange_isRefusedWithItsPath() {
    try (TestSystem system = start("vellamo.query.shards = 0")) {
      assertThatThrownBy(system::vellamo)
          .hasStackTraceContaining("vellamo.query.shards must be from 1 to 1024, was [0]");
    }
  }

  @Test
  void unknownHosting_isRefusedWithItsPath() {
    try (TestSystem system = start("vellamo.query.hosting = thread")) {
      assertThatThrownBy(system::vellamo)
          .hasStackTraceContaining(
              "vellamo.query.hosting must be [actor] or [inline], was [thread]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1.5"})
  void sizeOfEpochs_thatIsNoNumberOfEvents_isRefusedWithItsPath(String size) {
    try (TestSystem system = start("vellamo.query.max-events-per-epoch = " + size)) {
      assertThatThrownBy(system::vellamo)
          .hasStackTraceContaining(
              "vellamo.query.max-events-per-epoch must be [auto] or from 1 to 9223372036854775807,"
                  + " was [%s]",
              size);
    }
  }

  @Test
  void hosting_mayChangeAtAnyStart() throws Exception {
    Place turku = new Place("fi", "Turku");
    for (String hosting : List.of("actor", "inline", "actor")) {
      try (TestSystem system = start("vellamo.query.hosting = " + hosting)) {
        visits.clear();
        places.add(turku);
        query(system).awaitTermination();
      }
    }

    assertThat(visits.rows()).containsExactly(new Visits(turku, 3, List.of(3L)));
  }

  private TestSystem start(String settings) {
    return TestSystem.start(
        settings
            + """

            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(directory));
  }

  private StreamingQuery query(TestSystem system) {
    return system
        .vellamo()
        .query("visits")
        .from(places)
        .groupByKey(place -> place, Place.class)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Visits.class,
            (place, events, state) -> {
              long count = state.optional().map(Visits::count).orElse(0L);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              Visits next = new Visits(place, count, List.of(count));
              state.update(next);
              return List.of(next).iterator();
            })
        .to(visits)
        .trigger(Trigger.availableNow())
        .start();
  }
}
