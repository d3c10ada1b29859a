package io.github.autol2.program.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the tests of pages would see what is wrong with one. */
@Tag("slow")
@Tag("browser")
class BrowserTest {

    @TempDir
    private Path folder;

    @Test
    void seesWhatIsWrongWithAPage() throws Exception {
        Path page = Files.writeString(folder.resolve("page.html"), """
                <!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
                <img src="http://elsewhere.invalid/picture.png" alt="">
                <div style="width: 700px">wide</div>
                <svg viewBox="0 0 780 100" style="width: 390px"><text style="font-size: 10px" y="50">small</text></svg>
                <script>throw new Error('broken');</script></body></html>
                """);

        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.show(page.toUri(), Browser.Screen.PHONE);

            assertThat(browser.requests()).contains("http://elsewhere.invalid/picture.png");
            assertThat(browser.complaints())
                    .anySatisfy(complaint -> assertThat(complaint).contains("Error: broken"))
                    .anySatisfy(complaint -> assertThat(complaint).contains("ERR_NAME_NOT_RESOLVED"));
            assertThat(browser.sideways()).isGreaterThan(300);
            assertThat(browser.smallestChartText()).isEqualTo(5);
        }
    }

    @Test
    void seesWhatAPolicyRefusesAndAPageThatIsNotMadeForPhones() throws Exception {
        Path page = Files.writeString(folder.resolve("page.html"), """
                <!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
                <body><img src="http://elsewhere.invalid/picture.png" alt=""></body></html>
                """);

        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.show(page.toUri(), Browser.Screen.PHONE);

            assertThat(browser.complaints())
                    .anySatisfy(complaint -> assertThat(complaint).contains("Content Security Policy"));
            assertThat(browser.sideways()).isEqualTo(980 - 390); // the width that phones give to such pages
        }
    }
}
