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

  PartialResult(Object[] buffers) {
    this.buffers = buffers;
  }

  Object[] buffers() {
    return buffers;
  }
}
