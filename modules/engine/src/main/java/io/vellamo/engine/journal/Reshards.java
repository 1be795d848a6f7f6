package io.vellamo.engine.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The changes of the number of a query's shards so far.
 *
 * @param lastGeneration the highest generation of shards whose journals may ever have had a record;
 *     a generation is never used twice, as journals don't forget sequence numbers
 * @param obsolete the layouts that are not in effect and whose journals may still hold records
 */
public record Reshards(int lastGeneration, List<ShardLayout> obsolete) {
  /** No change yet. */
  public static final Reshards NONE = new Reshards(0, List.of());

  /** Copies the list. */
  public Reshards {
    obsolete = List.copyOf(obsolete);
  }

  /** Returns the changes after another one has begun. */
  Reshards begun(ShardLayout target) {
    return new Reshards(Math.max(lastGeneration, target.generation()), with(obsolete, target));
  }

  /**
   * Returns the changes after the last one has ended.
   *
   * @param before the layout that was in effect
   * @param now the layout that is in effect
   */
  Reshards ended(ShardLayout before, ShardLayout now) {
    return new Reshards(lastGeneration, with(without(now.generation()), before));
  }

  /** Returns the changes after the journals of a generation are removed. */
  Reshards removed(int generation) {
    return new Reshards(lastGeneration, without(generation));
  }

  private static List<ShardLayout> with(List<ShardLayout> some, ShardLayout added) {
    List<ShardLayout> all = new ArrayList<>(some);
    all.add(added);
    return all;
  }

  private List<ShardLayout> without(int generation) {
    return obsolete.stream().filter(each -> each.generation() != generation).toList();
  }
}
