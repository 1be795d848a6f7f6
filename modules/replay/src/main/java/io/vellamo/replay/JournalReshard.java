package io.vellamo.replay;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A change of the number of shards of a query that does not run.
 *
 * <p>All groups with their states, variables, timers, parked events and pending requests are copied
 * into the journals of new shards. The copy is verified before it takes effect, with one record in
 * the query's journal; then the old journals are removed. With {@code vellamo.journal.history =
 * all} they are kept, but epochs before the change can't be shown or replayed any more.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> If it fails or the process is killed, either the old shards are in effect or
 * the new ones, and no group is lost. The same request again completes the change. A query that is
 * started meanwhile makes it fail; a query that runs already fails with its next epoch. Stages fail
 * with {@link IllegalArgumentException} if there is no such query, and with {@link
 * IllegalStateException} if an epoch is not committed, or if the journal has findings.
 *
 * <p><b>Cost</b> Reads all shards three times and writes them once. Holds one shard at a time,
 * twice.
 *
 * @since 0.1
 */
public final class JournalReshard {
  private final ActorSystem<?> system;
  private final JournalOptions options;
  private final JournalReader reader;
  private final ReplayProgress progress;

  private JournalReshard(
      ActorSystem<?> system,
      JournalOptions options,
      JournalReader reader,
      ReplayProgress progress) {
    this.system = system;
    this.options = options;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Opens the journal that the queries of an actor system write.
   *
   * @param system a system with the configuration of the queries
   * @return the access to the journal
   * @throws IllegalStateException if no read journal is known for the journal; the message names
   *     the setting
   */
  public static JournalReshard on(ActorSystem<?> system) {
    JournalOptions options = JournalOptions.from(system.settings().config());
    JournalReader reader = JournalReader.open(system, options);
    return new JournalReshard(system, options, reader, (done, shards) -> {});
  }

  /**
   * Returns the same access with a listener.
   *
   * @param listener a listener that is notified of progress, once for each shard that is checked,
   *     copied, and checked again
   * @return a copy
   */
  public JournalReshard withProgress(ReplayProgress listener) {
    return new JournalReshard(system, options, reader, requireNonNull(listener, "listener"));
  }

  /**
   * Checks whether a change is possible, and writes nothing.
   *
   * @param name the query's name
   * @param shards the number of shards of each stateful operator, from 1 to 1024
   * @return what would be changed
   */
  public CompletionStage<ReshardReport> check(String name, int shards) {
    return run(name, shards, true);
  }

  /**
   * Changes the number of shards.
   *
   * @param name the query's name
   * @param shards the number of shards of each stateful operator, from 1 to 1024; {@code
   *     vellamo.query.shards} of the next start must be the same
   * @return what was changed
   */
  public CompletionStage<ReshardReport> change(String name, int shards) {
    return run(name, shards, false);
  }

  private CompletionStage<ReshardReport> run(String name, int shards, boolean isDry) {
    if (shards < 1 || shards > ShardLayout.MAX_SHARDS) {
      throw new IllegalArgumentException(
          "shards must be from 1 to [%d], was [%d]".formatted(ShardLayout.MAX_SHARDS, shards));
    }
    // Opened first: what is read afterwards can't have changed, unless the first write fails.
    return QueryJournal.open(system, options, name)
        .thenCompose(
            journal ->
                QueryAccess.of(name, reader)
                    .thenCompose(
                        query ->
                            new Resharding(
                                    system, options, reader, progress, query, journal, shards)
                                .run(isDry))
                    .whenComplete((report, failure) -> journal.close()));
  }
}
