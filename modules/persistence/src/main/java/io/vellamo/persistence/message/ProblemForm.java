package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.Problem.Unavailable;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.Optional;

/**
 * The binary form of a description of an exception. The exception itself stays where it was thrown,
 * which its number identifies there only.
 */
public final class ProblemForm {
  private static final String WHAT = "description of an exception";
  private static final int FORM = 1;

  private ProblemForm() {}

  /** Returns the bytes of a description. */
  public static byte[] write(Problem problem) {
    return FormBytes.write(problem, ProblemForm::write);
  }

  /**
   * Returns the description of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static Problem read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, ProblemForm::read);
  }

  private static void write(Problem problem, BinaryOutput out) {
    out.writeByte(FORM);
    out.writeUnsigned(problem.id());
    out.writeShownText(problem.text());
    ListFormat.write(Optional.ofNullable(problem.unavailable()), ProblemForm::write, out);
  }

  private static void write(Unavailable unavailable, BinaryOutput out) {
    out.writeShownText(unavailable.description());
    out.writeShownText(unavailable.error());
  }

  private static Problem read(BinaryInput in) {
    int form = in.readByte();
    if (form != FORM) {
      throw FormBytes.unknown(WHAT, form);
    }
    return new Problem(
        in.readUnsigned(),
        in.readText(),
        ListFormat.readOptional(ProblemForm::readUnavailable, in).orElse(null));
  }

  private static Unavailable readUnavailable(BinaryInput in) {
    return new Unavailable(in.readText(), in.readText());
  }
}
