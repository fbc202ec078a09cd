//! Presses in the editors' desk while the program answers.

use super::desk::{Editor, sample};
use super::engine::Engine;

/// Notes what the program says of the text, and that the page was drawn twice after it.
const LISTEN: &str = "const ask = fetch; \
    window.fetch = async (...wish) => { \
        const answer = await ask(...wish); \
        const { remarks } = await answer.clone().json(); \
        window.told = remarks ?? window.told; \
        if (remarks) requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true })); \
        return answer; \
    }";

/// A message that comes while a button below it is held does not move it away; it comes after the press.
pub(super) async fn a_press_counts_while_messages_come(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/en").await;
    browser.find(".page .ProseMirror").await;
    let checked = "document.querySelector('.saving').dataset.state === 'saved'";
    browser.until("the article is open", checked).await;
    browser
        .run::<()>("document.querySelector('.adder').open = true")
        .await;
    let kind = browser.find("[data-kind='heading']").await;
    kind.scroll_into_view().await.unwrap();
    let press = browser.driver.action_chain();
    press.click_and_hold_element(&kind).perform().await.unwrap();
    browser.run::<()>(LISTEN).await;
    editor.set(".is-headline textarea", "The <b>port</b>").await;
    let answered = "window.told?.length > 0";
    browser
        .until("the program says what is wrong", answered)
        .await;
    browser
        .until("the page was drawn after it", "window.drawn")
        .await;
    let message = "document.querySelector('.is-headline .remark')";
    let shown: bool = browser.run(&format!("return !!{message}")).await;
    assert!(!shown, "a message moves what is pressed");
    browser
        .driver
        .action_chain()
        .release()
        .perform()
        .await
        .unwrap();
    let there = "document.querySelector('.block:last-child .is-heading')";
    browser.until("the block is there", there).await;
    browser.until("the message is there", message).await;
    editor.end(&[]).await;
}
