package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.shard.ParkRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Parked groups that change while a snapshot is on its way come back as they are, whichever epoch
 * the recovery begins with.
 */
final class ParkedRecoveryPropertyTest {
  private static final List<String> KEYS = List.of("a", "b", "c", "d");

  private final List<Consumer<ShardLedger>> journal = new ArrayList<>();
  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);
  private long epoch;

  @Property(tries = 500)
  void recovery_fromASnapshotInPieces_givesTheSameParkedGroups(@ForAll long seed) {
    ParkedRecoveryPropertyTest run = new ParkedRecoveryPropertyTest();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      run.change(random);
    }
    int beginsAfter = run.journal.size();
    run.change(random);
    run.takeSnapshot(random);
    for (int i = 0; i < 5; i++) {
      run.change(random);
    }

    ShardLedger recovered = new ShardLedger(PROCESSING_TIME);
    run.journal.subList(beginsAfter, run.journal.size()).forEach(entry -> entry.accept(recovered));

    assertThat(ShardDigest.of(recovered)).as("seed %d", seed).isEqualTo(ShardDigest.of(run.ledger));
    assertThat(recovered.parked().size()).isEqualTo(run.ledger.parked().size());
    assertThat(recovered.parked().events()).isEqualTo(run.ledger.parked().events());
    assertThat(recovered.parked().bytes()).isEqualTo(run.ledger.parked().bytes());
    assertThat(recovered.nextDue()).isEqualTo(run.ledger.nextDue());
  }

  private void takeSnapshot(Random random) {
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    while (!cycle.isDone()) {
      if (cycle.parks().isDone()) {
        SnapshotPart part = cycle.next(ledger, 40);
        write(target -> target.restore(part));
      } else {
        List<ParkChange> parks = cycle.parks().next(ledger, 40);
        write(target -> target.restore(parks));
      }
      if (random.nextBoolean()) {
        change(random);
      }
    }
  }

  /** An epoch that parks groups, lets events wait, or ends it; or a wish between two epochs. */
  private void change(Random random) {
    String name = KEYS.get(random.nextInt(KEYS.size()));
    ParkedEntry parked = ledger.parked().get(key(name));
    epoch++;
    if (parked != null && random.nextInt(5) == 0) {
      Kind kind = random.nextBoolean() ? Kind.REDRIVE : Kind.RELEASE;
      ParkRequest request = new ParkRequest(kind, epoch);
      write(target -> target.request(key(name), request));
      return;
    }
    List<ParkChange> changes = new ArrayList<>();
    int waiting = parked == null ? 0 : parked.events().size();
    if (parked != null && random.nextInt(3) == 0) {
      changes.add(new ParkChange.Unparked(key(name)));
    } else {
      if (parked == null || random.nextInt(3) == 0) {
        changes.add(new ParkChange.Parked(key(name), epoch, "E" + epoch, null, null));
      }
      changes.add(new ParkChange.Waiting(key(name), waiting, events(1 + random.nextInt(4))));
    }
    long incarnation = 1;
    List<ShardParks> parts = new ShardParks(incarnation, epoch, changes).split(30);
    ShardChange closing = new ShardChange(incarnation, epoch, List.of());
    write(
        target -> {
          for (int number = 0; number < parts.size(); number++) {
            target.hold(number, parts.get(number));
          }
          target.apply(parts.size(), closing);
        });
  }

  private List<ParkedEvent> events(int count) {
    List<ParkedEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          new ParkedEvent(
              new EventOrigin(epoch, "p", i), TestCodecs.ROWS.write("event " + epoch + i)));
    }
    return events;
  }

  private void write(Consumer<ShardLedger> entry) {
    journal.add(entry);
    entry.accept(ledger);
  }
}
