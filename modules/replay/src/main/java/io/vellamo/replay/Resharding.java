package io.vellamo.replay;

import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.journal.ReshardRecord;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.replay.ReshardReport.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A change of the number of a query's shards. What it writes, in this order:
 *
 * <ol>
 *   <li>the beginning, in the query's journal; it fences all runs of the query and other changes
 *   <li>the removal of journals that an earlier change has left incomplete
 *   <li>all groups, in the journals of the new shards, which are then verified
 *   <li>the end, in the query's journal: from here on the new shards are in effect
 *   <li>the removal of the journals of the old shards
 * </ol>
 *
 * <p><b>Failure</b> If it fails or is killed, the old shards are in effect up to the end, and the
 * new ones afterwards. Another change to the same number completes what is left.
 */
/*
 * A journal is removed only after a record of this change in the query's journal: any other change
 * that still writes into it can't end any more.
 */
final class Resharding {
  private final ActorSystem<?> system;
  private final JournalOptions options;
  private final JournalReader reader;
  private final ReplayProgress progress;
  private final QueryAccess query;
  private final QueryJournal journal;
  private final int shards;

  Resharding(
      ActorSystem<?> system,
      JournalOptions options,
      JournalReader reader,
      ReplayProgress progress,
      QueryAccess query,
      QueryJournal journal,
      int shards) {
    this.system = system;
    this.options = options;
    this.reader = reader;
    this.progress = progress;
    this.query = query;
    this.journal = journal;
    this.shards = shards;
  }

  /** Runs the change, or only checks whether it is possible. */
  CompletionStage<ReshardReport> run(boolean isDry) {
    ReshardChecks checks = new ReshardChecks(query.name(), journal.state());
    checks.requireAllCommitted();
    QueryCreated created = query.scan().created();
    long epoch = journal.state().knownLedger().committedEpoch();
    ReshardSurvey survey =
        new ReshardSurvey(created, created.with(new ShardLayout(0, shards, 0)), epoch);
    return verify(query, survey, isDry || created.shards() == shards ? progress : part(0))
        .thenCompose(
            report -> {
              checks.requireRight(report);
              if (created.shards() == shards) {
                return removeLeft(survey, isDry);
              }
              checks.requireAtSink(survey.hasRows());
              return isDry
                  ? CompletableFuture.completedStage(
                      survey.report(query.name(), Outcome.POSSIBLE, 0))
                  : change(survey);
            });
  }

  /**
   * Returns the progress of a part of a change, as that of the whole: the old shards are verified
   * and then copied, and the new ones are verified.
   */
  private ReplayProgress part(int part) {
    QueryCreated created = query.scan().created();
    int before = created.allShards();
    int all = 2 * before + created.with(new ShardLayout(0, shards, 0)).allShards();
    return (done, ofPart) -> progress.reached(part * before + done, all);
  }

  private CompletionStage<VerifyReport> verify(
      QueryAccess of, ReshardSurvey survey, ReplayProgress ofPart) {
    return new Verification(
            system, options, reader, of, shard -> survey.take(shard.shard(), shard.recovered()))
        .run(ofPart);
  }

  /** Removes what earlier changes have left, if the query has the requested number of shards. */
  private CompletionStage<ReshardReport> removeLeft(ReshardSurvey survey, boolean isDry) {
    if (isDry || removable(journal.state()).isEmpty()) {
      return CompletableFuture.completedStage(survey.report(query.name(), Outcome.UNCHANGED, 0));
    }
    return begin()
        .thenCompose(target -> removeAll(removable(journal.state())))
        .thenApply(removed -> survey.report(query.name(), Outcome.UNCHANGED, removed));
  }

  private CompletionStage<ReshardReport> change(ReshardSurvey survey) {
    return begin()
        .thenCompose(
            target ->
                removeAll(incomplete(journal.state(), target))
                    .thenCompose(before -> copy(target))
                    .thenCompose(done -> journal.append(new ReshardRecord.Ended(target))))
        .thenCompose(state -> removeAll(removable(state)))
        .thenApply(removed -> survey.report(query.name(), Outcome.CHANGED, removed));
  }

  private CompletionStage<ShardLayout> begin() {
    QueryState state = journal.state();
    ShardLayout target =
        new ShardLayout(
            state.reshards().lastGeneration() + 1, shards, state.knownLedger().committedEpoch());
    long incarnation = state.knownLedger().incarnation() + 1;
    return journal.append(new ReshardRecord.Begun(incarnation, target)).thenApply(begun -> target);
  }

  /** Copies all groups, and checks the copy. */
  private CompletionStage<VerifyReport> copy(ShardLayout target) {
    long incarnation = journal.state().knownLedger().incarnation();
    return new ShardMove(system, options, reader, query, target, incarnation)
        .run(part(1))
        .thenCompose(
            read ->
                QueryAccess.of(query.name(), reader)
                    .thenCompose(
                        copied -> {
                          copied.scan().assume(target);
                          QueryCreated created = copied.scan().created();
                          ReshardSurvey written =
                              new ReshardSurvey(created, created, target.beginsWith());
                          return verify(copied, written, part(2))
                              .thenApply(
                                  report -> {
                                    ReshardChecks checks =
                                        new ReshardChecks(query.name(), journal.state());
                                    checks.requireSame(report, read.sums(), written.sums());
                                    return report;
                                  });
                        }));
  }

  /** Returns layouts that never were in effect, other than that of this change. */
  private static List<ShardLayout> incomplete(QueryState state, ShardLayout target) {
    int current = state.knownCreated().layout().generation();
    return state.reshards().obsolete().stream()
        .filter(each -> each.generation() > current && !each.equals(target))
        .toList();
  }

  /** Returns layouts that are not in effect, without those that are kept as history. */
  private List<ShardLayout> removable(QueryState state) {
    int current = state.knownCreated().layout().generation();
    return state.reshards().obsolete().stream()
        .filter(each -> each.generation() > current || !options.keepsHistory())
        .toList();
  }

  /** Removes the journals of layouts; returns how many. */
  private CompletionStage<Integer> removeAll(List<ShardLayout> layouts) {
    CompletionStage<Integer> removed = CompletableFuture.completedStage(0);
    for (ShardLayout layout : layouts) {
      removed =
          removed.thenCompose(
              before ->
                  remove(layout)
                      .thenApply(done -> before + query.scan().created().with(layout).allShards()));
    }
    return removed;
  }

  private CompletionStage<QueryState> remove(ShardLayout layout) {
    return new ShardRemoval(system, options, query.name(), query.scan().created().with(layout))
        .run()
        .thenCompose(done -> journal.append(new ReshardRecord.Removed(layout.generation())));
  }
}
