package io.vellamo.checks.outages;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The point at which a process kills itself, as {@code kill -9} does: when a query passes a step of
 * its sink, with an epoch that has rows, for the n-th time.
 */
final class KillPoint {
  enum Step {
    /** The shards hold the epoch, the sink does not. */
    BEFORE_WRITE,
    /** The sink, or a range of it, holds the epoch, the commit is not in the journal. */
    AFTER_WRITE,
    /**
     * The commit is in the journal, a range of the sink has not committed. With one writer, as
     * {@link #AFTER_WRITE}.
     */
    BEFORE_COMMIT
  }

  /** A point that is never passed. */
  static final KillPoint NONE = new KillPoint("none", Step.BEFORE_WRITE, 1);

  private static final int MOST_EPOCHS = 8;

  private final String query;
  private final Step step;
  private final int times;
  private final AtomicInteger left;

  private KillPoint(String query, Step step, int times) {
    this.query = query;
    this.step = step;
    this.times = times;
    this.left = new AtomicInteger(times);
  }

  static KillPoint random(List<String> queries, SplittableRandom random) {
    return new KillPoint(
        queries.get(random.nextInt(queries.size())),
        Step.values()[random.nextInt(Step.values().length)],
        1 + random.nextInt(MOST_EPOCHS));
  }

  static KillPoint parse(String text) {
    String[] parts = text.split(":", -1);
    return new KillPoint(parts[0], Step.valueOf(parts[1]), Integer.parseInt(parts[2]));
  }

  void pass(String passing, Step passed) {
    if (passing.equals(query) && passed == step && left.decrementAndGet() == 0) {
      try {
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Override
  public String toString() {
    return query + ":" + step + ":" + times;
  }
}
