// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The CMSIS-Pack description, read as a tool that knows packs reads it. */
final class CmsisPackTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path OUR_SCHEMA = Path.of("..", "test-fixtures", "pack", "description.xsd");

  @TempDir private Path root;

  private FirmwareFolder folder;
  private Path description;

  @BeforeEach
  void write() {
    folder = PackagedNetwork.write(root, "host");
    description = root.resolve("Facsimile.subject.pdsc");
  }

  private void validate(Path schema) throws IOException, SAXException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(schema.toFile())
        .newValidator()
        .validate(new StreamSource(description.toFile()));
  }

  /** Names of the component's files of one category. */
  private List<String> files(String category) throws IOException, SAXException {
    List<String> names = new ArrayList<>();
    NodeList files = parsed().getElementsByTagName("file");
    for (int i = 0; i < files.getLength(); i++) {
      Element file = (Element) files.item(i);
      if (file.getAttribute("category").equals(category)) {
        names.add(file.getAttribute("name"));
      }
    }
    return names;
  }

  private Element parsed() throws IOException, SAXException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(description.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void isWhatTheSpecificationAllows() throws IOException, SAXException {
    validate(OUR_SCHEMA);

    SmallFolder.patch(folder, description.getFileName().toString(), "Csub=\"", "Csub=\"\u00a7");
    assertThatThrownBy(() -> validate(OUR_SCHEMA)).isInstanceOf(SAXException.class);
  }

  @Test
  void isValidAgainstTheSpecificationsOwnSchema() throws IOException, SAXException {
    String schema = System.getenv("FACSIMILE_PACK_XSD");
    assumeTrue(schema != null, "FACSIMILE_PACK_XSD names no PACK.xsd of Open-CMSIS-Pack");

    validate(Path.of(schema));
  }

  @Test
  void compilesFromTheFilesThatItNamesAndNothingElse() throws IOException, SAXException {
    PresentTools.require("cc");
    Files.writeString(root.resolve("main.c"), PackagedNetwork.MAIN);
    List<String> command = new ArrayList<>(List.of("cc", "-std=c99", "main.c", "-o", "main"));
    files("include").forEach(include -> command.add("-I" + include));
    command.addAll(files("source"));

    PackagedNetwork.assertSucceeded(ChildProcess.run(command, root, PATIENCE));
    PackagedNetwork.assertSucceeded(
        ChildProcess.run(List.of(root.resolve("main").toString()), root, PATIENCE));
    assertThat(root.resolve(files("header").get(0))).isRegularFile();
  }

  private byte[] pack() throws IOException {
    PackagedNetwork.assertSucceeded(
        ChildProcess.run(List.of("make", "-s", "cmsis-pack"), root, PATIENCE));
    return Files.readAllBytes(root.resolve("build/Facsimile.subject.1.0.0.pack"));
  }

  @Test
  void isPackedToTheSameBytesAtAnyTime() throws IOException {
    PresentTools.require("make", "python3");
    Files.writeString(root.resolve("README.md"), "The folder of a whole generation has one.\n");

    byte[] first = pack();
    Files.setLastModifiedTime(description, FileTime.fromMillis(1_000_000_000_000L));
    byte[] second = pack();

    assertThat(second).isEqualTo(first);
    try (ZipFile zip = new ZipFile(root.resolve("build/Facsimile.subject.1.0.0.pack").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .contains("Facsimile.subject.pdsc", "README.md", "include/subject.h", "src/subject.c")
          .noneMatch(name -> name.startsWith("board/") || name.startsWith("selftest/"));
    }
  }
}
