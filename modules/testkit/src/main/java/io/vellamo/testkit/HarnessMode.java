package io.vellamo.testkit;

/**
 * A way to run a script of {@link ScriptHarness}. The expectations of the script are checked as
 * written; the other modes must then give the same results. They run in the order below, and the
 * first that differs fails.
 *
 * <p><b>Time</b> In all modes the function sees the same clocks as in the run as written, and the
 * same events are late: a mode varies only aspects that must not affect the results.
 *
 * @since 0.1
 */
public enum HarnessMode {
  /** The epochs of the script, with all its expectations. Can't be left out. */
  AS_WRITTEN("run as written"),

  /**
   * The script, run again on the same instance of the function: rows, states and timeouts of each
   * call must be the same.
   */
  AGAIN(
      "the function keeps something outside of the group's state (a field, a static), changes its events,"
          + " or asks a clock or a random source"),

  /** The groups of an epoch in reverse order: each call must give the same results. */
  OTHER_ORDER(
      "the calls of one group change those of another: the function keeps something outside of"
          + " the group's state, or groups share an object"),

  /**
   * Every event twice, at the same offset: each call is made, discarded and repeated with the same
   * events and state, as after a crash before the write to the journal; then the rows of the epoch
   * are read back, as after a crash after the write, and must be the same.
   */
  TWICE(
      "a call with the same events and the same state gave something else, as after a crash it"
          + " would"),

  /** A snapshot and a recovery after each epoch: every state is read again from its bytes. */
  RECOVERED("the state loses something when Jackson writes and reads it"),

  /**
   * States kept as objects from call to call, never read again. A difference means that the
   * function depends on more than Jackson writes. This mode also enables a check of every call in
   * the run as written: a state that was changed in place, without {@code update}, is an error,
   * since the change is lost.
   */
  STATE_KEPT(
      "the state loses something when Jackson writes and reads it, or several states share an"
          + " object"),

  /**
   * One call for each event, in order; timeouts follow the last event of the epoch as written.
   * States and timeouts after each epoch must be the same. Over the whole script, so must be a
   * group's rows, in any order, for {@code flatMapGroupsWithState} in append mode, and a group's
   * last row for {@code mapGroupsWithState}. Rows of a {@code flatMapGroupsWithState} in update
   * mode are not compared, since their number may depend on the number of calls.
   *
   * <p>An epoch is not split if one of its events is older than its watermark but not late, since
   * lateness is judged by the watermark of the preceding epoch: the effect of such an event depends
   * on the other events of the call.
   */
  ONE_BY_ONE("the result depends on how many events a call gets"),

  /**
   * As few calls as possible: adjacent epochs with the same clocks become one, unless the first
   * fired a timeout or one of them is an epoch that {@link #ONE_BY_ONE} doesn't split. Compared as
   * in {@link #ONE_BY_ONE}.
   */
  BATCHED("the result depends on how many events a call gets");

  private final String likelyCause;

  HarnessMode(String likelyCause) {
    this.likelyCause = likelyCause;
  }

  /** Returns the likely cause of a difference in this mode. */
  String likelyCause() {
    return likelyCause;
  }

  /** Returns whether this mode may split or join the calls of the run as written. */
  boolean changesCalls() {
    return this == ONE_BY_ONE || this == BATCHED;
  }
}
