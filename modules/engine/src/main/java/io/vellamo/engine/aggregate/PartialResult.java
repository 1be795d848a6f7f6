package io.vellamo.engine.aggregate;

/**
 * The buffers of some events of a group that were reduced before they reached it. It takes their
 * place among the group's events.
 *
 * <p><b>Threading</b> Filled by one thread, then passed to another, which must not change it: a
 * shard that runs an epoch again gets the same instance.
 */
public final class PartialResult {
  private final Object[] buffers;

  private PartialResult(Object[] buffers) {
    this.buffers = buffers;
  }

  /** Returns the partial result with some buffers, one for each aggregator; they are not copied. */
  public static PartialResult of(Object[] buffers) {
    return new PartialResult(buffers);
  }

  /** Returns the buffers, which must not be changed any more once the result is passed on. */
  public Object[] buffers() {
    return buffers;
  }
}
