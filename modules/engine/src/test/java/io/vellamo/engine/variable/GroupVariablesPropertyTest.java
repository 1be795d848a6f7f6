package io.vellamo.engine.variable;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.variable.VariableChange.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Compares the variables of a group with plain collections, through calls, crashes and snapshots.
 */
final class GroupVariablesPropertyTest {
  private static final int CALLS = 30;

  @Property(tries = 300)
  void variables_afterAnyCalls_agreeWithTheModel(@ForAll long seed) {
    Random random = new Random(seed);
    VariablesModel model = new VariablesModel(random);
    GroupVariables kept = new GroupVariables();
    for (int call = 0; call < CALLS; call++) {
      List<VariableChange> changes = call(random, kept, model);
      kept.apply(changes);
      assertAgree(kept, model);
    }
  }

  @Property(tries = 300)
  void journalReplayedFromAnySnapshot_givesTheSameVariablesInTheSameOrder(@ForAll long seed) {
    Random random = new Random(seed);
    VariablesModel model = new VariablesModel(random);
    GroupVariables kept = new GroupVariables();
    for (int call = 0; call < random.nextInt(CALLS); call++) {
      kept.apply(call(random, kept, model));
    }
    // Pieces of the snapshot with calls between them, as the journal has them.
    List<Consumer<GroupVariables>> journal = new ArrayList<>();
    VariablesWalk walk = new VariablesWalk();
    while (!walk.isDone()) {
      for (int call = random.nextInt(3); call > 0; call--) {
        record(journal, random, kept, model);
      }
      List<VariableChange> piece = walk.next(kept, 1 + random.nextInt(60));
      journal.add(recovered -> recovered.apply(piece));
    }
    record(journal, random, kept, model);
    GroupVariables recovered = new GroupVariables();
    journal.forEach(record -> record.accept(recovered));
    recovered.settle();

    assertAgree(recovered, model);
    assertThat(recovered).isEqualTo(kept);
    // The next changes are the same whether the group was recovered or not.
    VariablesModel copy = model.copy();
    List<VariableChange> changes = call(random, recovered, copy);
    recovered.apply(changes);
    assertAgree(recovered, copy);
  }

  private static void record(
      List<Consumer<GroupVariables>> journal,
      Random random,
      GroupVariables kept,
      VariablesModel model) {
    if (random.nextInt(4) == 0) {
      TimeDomain domain = random.nextBoolean() ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME;
      long millis = random.nextInt(100);
      kept.expire(domain, millis);
      model.expire(domain, millis);
      journal.add(recovered -> recovered.expire(domain, millis));
    } else {
      List<VariableChange> changes = call(random, kept, model);
      kept.apply(changes);
      journal.add(recovered -> recovered.apply(changes));
    }
    assertAgree(kept, model);
  }

  /** Returns the changes of a call, or of several of which each sees the ones before. */
  private static List<VariableChange> call(
      Random random, GroupVariables kept, VariablesModel model) {
    if (random.nextInt(15) == 0) {
      model.contents().forEach(List::clear);
      return List.of(new VariableChange.AllCleared());
    }
    VariablesView view = kept;
    List<VariableChange> all = new ArrayList<>();
    for (int part = random.nextInt(3); part >= 0; part--) {
      PendingVariables pending = new PendingVariables(view);
      for (int step = random.nextInt(8); step > 0; step--) {
        model.step(pending);
        assertThat(VariablesModel.contents(pending)).isEqualTo(model.contents());
      }
      List<VariableChange> changes = pending.changes();
      view = view.after(changes);
      all.addAll(changes);
      assertThat(VariablesModel.contents(view)).isEqualTo(model.contents());
      assertThat(view.isEmpty()).isEqualTo(model.contents().stream().allMatch(List::isEmpty));
    }
    return all;
  }

  private static void assertAgree(GroupVariables variables, VariablesModel model) {
    assertThat(VariablesModel.contents(variables)).isEqualTo(model.contents());
    assertThat(variables.isEmpty()).isEqualTo(model.contents().stream().allMatch(List::isEmpty));
    for (TimeDomain domain : TimeDomain.values()) {
      assertThat(variables.firstTimerMillis(domain)).isEqualTo(orNever(model.first(domain, true)));
      assertThat(variables.firstExpiryMillis(domain))
          .isEqualTo(orNever(model.first(domain, false)));
    }
    assertThat(variables.bytes()).isEqualTo(bytes(variables));
  }

  private static long orNever(@Nullable Long millis) {
    return Objects.requireNonNullElse(millis, SlotEntry.NEVER);
  }

  private static long bytes(GroupVariables variables) {
    VariablesWalk walk = new VariablesWalk();
    long bytes = 0;
    for (VariableChange put : walk.next(variables, Long.MAX_VALUE)) {
      bytes += ((Put) put).size();
    }
    return bytes;
  }
}
