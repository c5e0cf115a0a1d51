// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 4096}, {@code 0x40004000}, {@code 128 KiB} and {@code 1 MiB}. */
final class Quantity extends StdDeserializer<Long> {
  private static final long serialVersionUID = 1L;
  private static final Pattern FORM =
      Pattern.compile("(0x[0-9a-fA-F]{1,8}|[0-9]{1,10})( KiB| MiB)?");

  Quantity() {
    super(Long.class);
  }

  /** What is absent is zero, and records refuse zero where it means nothing. */
  @Override
  public Long getNullValue(DeserializationContext context) {
    return 0L;
  }

  @Override
  public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    String text = parser.getText();
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return (Long)
          context.handleWeirdStringValue(Long.class, text, "not a number, 0x..., KiB or MiB");
    }
    long number = Long.decode(form.group(1));
    if (form.group(2) == null) {
      return number;
    }
    return number * (form.group(2).equals(" KiB") ? 1024 : 1024 * 1024);
  }
}
