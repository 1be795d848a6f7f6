package io.vellamo.testkit;

/**
 * A way to run a script of {@link GroupStateHarness}. What the script expects is checked as
 * written; the other modes must then give the same, in the order below, and the first that doesn't
 * fails.
 *
 * <p><b>Time</b> In all modes the function sees the clocks that it sees as written, and the same
 * events are late: modes vary only what must not matter.
 *
 * @since 0.1
 */
public enum HarnessMode {
  /** The epochs of the script, and all that it expects. Can't be left out. */
  AS_WRITTEN("run as written"),

  /**
   * The script once more, on the same instance of the function: rows, states and timeouts of each
   * call must be the same.
   */
  AGAIN(
      "the function keeps something outside of GroupState (a field, a static), changes its events,"
          + " or asks a clock or a random source"),

  /** The groups of an epoch in the opposite order: each call must give the same. */
  OTHER_ORDER(
      "the calls of one group change those of another: the function keeps something outside of"
          + " GroupState, or groups share an object"),

  /**
   * Every event twice, with the same position: each call is made, thrown away and made again with
   * the same events and state, as after a crash before the journal's write; then the epoch is asked
   * for once more, as after a crash behind it, and must be answered from memory with the same rows.
   */
  TWICE(
      "a call with the same events and the same state gave something else, as after a crash it"
          + " would"),

  /** A snapshot and a recovery after each epoch: every state is read again from its bytes. */
  RECOVERED("the state loses something when Jackson writes and reads it"),

  /**
   * States kept as objects from call to call, never read again. A difference means that what Jackson
   * writes is not all that counts. With this mode goes a check of every call as written: a state
   * that was changed in place, without {@code update}, is an error, since the change is lost.
   */
  STATE_KEPT(
      "the state loses something when Jackson writes and reads it, or several states share an"
          + " object"),

  /**
   * A call for each event, in order; timeouts after the last event of the epoch as written. States
   * and timeouts after each epoch must be the same, and, over the whole script, a group's rows in
   * any order for {@code flatMapGroupsWithState} in append mode, a group's last row for {@code
   * mapGroupsWithState}. Rows of a {@code flatMapGroupsWithState} in update mode are not compared,
   * since their number may depend on the number of calls.
   *
   * <p>An epoch stays as it is if one of its events is older than its watermark, and was not late
   * because that trails by one epoch: what becomes of such an event depends on what comes with it.
   */
  ONE_BY_ONE("the result depends on how many events a call gets"),

  /**
   * As few calls as possible: neighbouring epochs with the same clocks become one, unless the first
   * fired a timeout. Compared as {@link #ONE_BY_ONE}.
   */
  BATCHED("the result depends on how many events a call gets");

  private final String likelyCause;

  HarnessMode(String likelyCause) {
    this.likelyCause = likelyCause;
  }

  /** Returns what a difference in this mode most likely comes from. */
  String likelyCause() {
    return likelyCause;
  }

  /** Returns whether a call as written may be several, or several one. */
  boolean changesCalls() {
    return this == ONE_BY_ONE || this == BATCHED;
  }
}
