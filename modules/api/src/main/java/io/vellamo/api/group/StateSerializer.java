package io.vellamo.api.group;

/**
 * A user's own form of states, in place of Vellamo's: see {@link StateType#codec}.
 *
 * <p><b>Threading</b> Safe to share: several threads may use it at once.
 *
 * <p><b>Failure</b> If it throws on writing, the error policy of the query decides, as for an
 * exception of the function. If it throws on reading, the query fails.
 *
 * @param <S> the state type
 * @since 0.1
 */
public interface StateSerializer<S> {
  /**
   * Returns a state as bytes.
   *
   * @param state the state
   * @return its bytes; not used after the call by the serializer
   * @throws Exception if the state can't be written
   */
  byte[] write(S state) throws Exception;

  /**
   * Returns the state of bytes. It must equal the one that was written.
   *
   * @param bytes what {@link #write} has returned
   * @param version the version that the serializer had then
   * @return the state
   * @throws Exception if the bytes can't be read
   */
  S read(byte[] bytes, int version) throws Exception;

  /**
   * Returns the version of the form, which is stored with each state. Another version makes the
   * next start of a query read all states before its first epoch.
   *
   * @return at least 1, which is the default
   */
  default int version() {
    return 1;
  }
}
