package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A generator that refuses text with an unpaired surrogate when it is written. Jackson's CSV
 * generator detects it only when it flushes its buffer, some rows later, or when it is closed.
 */
final class WholeCharacters extends JsonGeneratorDelegate {
  /** An exception for text with an unpaired surrogate. */
  static final class HalfPairException extends JsonGenerationException {
    private static final long serialVersionUID = 1L;

    HalfPairException(JsonGenerator out) {
      super("text must hold whole characters, has half of a surrogate pair", out);
    }
  }

  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

  WholeCharacters(JsonGenerator out) {
    super(out, true);
  }

  @Override
  public void writeString(@Nullable String text) throws IOException {
    if (text != null) {
      check(text);
    }
    super.writeString(text);
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    check(CharBuffer.wrap(text, offset, length));
    super.writeString(text, offset, length);
  }

  private void check(CharSequence text) throws HalfPairException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        checkPairs(text);
        return;
      }
    }
  }

  private void checkPairs(CharSequence text) throws HalfPairException {
    try {
      encoder.reset().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new HalfPairException(this);
    }
  }
}
