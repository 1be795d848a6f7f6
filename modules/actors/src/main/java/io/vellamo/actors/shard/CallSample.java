package io.vellamo.actors.shard;

/**
 * The choice of the calls whose time is measured: reading the clock can take longer than a short
 * function does. Of a large round, every 16th call is measured, and in each epoch other ones.
 */
final class CallSample {
  static final int LARGE_ROUND = 256;
  static final int EVERY = 16;

  private CallSample() {}

  /**
   * Returns the number of calls that the time of a call stands for; 0 if it is not measured.
   *
   * @param place the place of the call in its round
   * @param calls the number of calls of the round
   * @param epoch the epoch
   */
  static int weight(int place, int calls, long epoch) {
    if (calls < LARGE_ROUND) {
      return 1;
    }
    return (place + epoch) % EVERY == 0 ? EVERY : 0;
  }
}
