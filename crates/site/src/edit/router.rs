//! From a request to an answer.

use super::access::Access;
use super::answer::{self, Answer};
use super::handlers;
use super::interface::Interface;
use super::uploads;
use super::workshop::{Visit, Workshop};
use crate::live::Beside;
use editorial::message;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use hyper::{HeaderMap, Method, Request, StatusCode};
use model::Lang;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The largest body of a request, in bytes.
const MOST_BODY: usize = 8 * 1024 * 1024;

/// How long the body of a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers requests.
pub(super) struct Router {
    access: Access,
    interface: Interface,
    workshop: Arc<Workshop>,
    beside: Beside,
    /// One file at a time: the next one waits before it is read.
    receiving: Semaphore,
}

impl Router {
    pub(super) fn new(
        access: Access,
        interface: Interface,
        workshop: Arc<Workshop>,
        beside: Beside,
    ) -> Self {
        Self {
            access,
            interface,
            workshop,
            beside,
            receiving: Semaphore::new(1),
        }
    }

    /// The answer to a request.
    pub(super) async fn respond(&self, request: Request<Incoming>) -> Answer {
        if let Err(status) = self.access.is_ours(&request) {
            return answer::empty(status);
        }
        let path = request.uri().path().to_owned();
        let is_get = *request.method() == Method::GET;
        let Some(task) = path.strip_prefix("/api/").map(str::to_owned) else {
            let file = self.interface.at(&path).filter(|_| is_get);
            return match file {
                Some((name, bytes)) => answer::file(name, bytes, &self.beside.origin()),
                None => answer::empty(StatusCode::NOT_FOUND),
            };
        };
        let lang = language(request.headers());
        if task != "session" && !self.access.is_known(request.headers()) {
            return answer::refused(
                lang,
                StatusCode::UNAUTHORIZED,
                "stranger",
                &message!("this desk is open in another browser"),
                &Value::Null,
            );
        }
        if is_get {
            return self.ask(task, lang).await;
        }
        if *request.method() != Method::POST {
            return answer::empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        if uploads::is_upload(&task) {
            return self.receive(task, lang, request).await;
        }
        if !is_kind(request.headers(), "application/json") {
            return answer::empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        match body(request).await {
            Ok(value) => self.act(task, lang, value).await,
            Err(status) => answer::empty(status),
        }
    }

    /// Takes a file. Its type is one that no form of another page can send.
    async fn receive(&self, task: String, lang: Lang, request: Request<Incoming>) -> Answer {
        if !is_kind(request.headers(), "application/octet-stream") {
            return answer::empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        let Ok(_permit) = self.receiving.acquire().await else {
            return answer::empty(StatusCode::SERVICE_UNAVAILABLE);
        };
        let wants_picture = request.uri().query() == Some("picture");
        let bytes = match bytes(request, uploads::MOST).await {
            Ok(bytes) => bytes,
            Err(StatusCode::PAYLOAD_TOO_LARGE) => return uploads::too_large(lang),
            Err(status) => return answer::empty(status),
        };
        let workshop = Arc::clone(&self.workshop);
        let answer = in_background(lang, move || {
            let workshop = &Visit {
                workshop: &workshop,
                lang,
            };
            uploads::receive(workshop, &task, wants_picture, &bytes)
        })
        .await;
        if self.workshop.is_to_look() {
            self.beside.look();
        }
        answer
    }

    /// Answers what changes nothing.
    async fn ask(&self, task: String, lang: Lang) -> Answer {
        if let Some(asked) = task.strip_prefix("news/") {
            let (known, page) = asked.split_once('/').unwrap_or((asked, ""));
            return answer::found(&self.beside.news(known, page).await);
        }
        let workshop = Arc::clone(&self.workshop);
        in_background(lang, move || {
            handlers::ask(
                &Visit {
                    workshop: &workshop,
                    lang,
                },
                &task,
            )
        })
        .await
    }

    /// Answers what changes something.
    async fn act(&self, task: String, lang: Lang, value: Value) -> Answer {
        if task == "session" {
            let token = value["token"].as_str().unwrap_or_default();
            return match self.access.exchange(token) {
                Some(session) => answer::found(&json!({ "session": session })),
                None => answer::empty(StatusCode::UNAUTHORIZED),
            };
        }
        let workshop = Arc::clone(&self.workshop);
        let (answer, look) = in_background(lang, move || {
            let answer = handlers::act(
                &Visit {
                    workshop: &workshop,
                    lang,
                },
                &task,
                value,
            );
            let look = workshop.is_to_look();
            (answer, look)
        })
        .await;
        if look {
            self.beside.look();
        }
        answer
    }
}

/// What a background thread makes. One that gives up costs its own request only.
async fn in_background<T: FromPanic + Send + 'static>(
    lang: Lang,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| T::from_panic(lang))
}

/// What stands for an answer that could not be made.
trait FromPanic {
    fn from_panic(lang: Lang) -> Self;
}

impl FromPanic for Answer {
    fn from_panic(lang: Lang) -> Self {
        answer::refused(
            lang,
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            &message!("a mistake of the program; nothing was changed"),
            &Value::Null,
        )
    }
}

impl FromPanic for (Answer, bool) {
    fn from_panic(lang: Lang) -> Self {
        (Answer::from_panic(lang), false)
    }
}

/// The language that the page of the desk is in; English where the request does not say.
fn language(headers: &HeaderMap) -> Lang {
    let wanted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|wanted| wanted.to_str().ok());
    wanted.and_then(Lang::from_tag).unwrap_or(Lang::En)
}

fn is_kind(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind == wanted)
}

/// The body of a request as JSON; else what is answered.
async fn body(request: Request<Incoming>) -> Result<Value, StatusCode> {
    let bytes = bytes(request, MOST_BODY).await?;
    serde_json::from_slice(&bytes).map_err(|_| StatusCode::BAD_REQUEST)
}

/// The body of a request of at most so many bytes; else what is answered.
async fn bytes(request: Request<Incoming>, most: usize) -> Result<Bytes, StatusCode> {
    // One that says itself that it is too large is not read.
    if request.body().size_hint().lower() > most as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = Limited::new(request.into_body(), most).collect();
    let body = match timeout(PATIENCE, body).await {
        Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        Ok(body) => body.map_err(|_| StatusCode::BAD_REQUEST)?,
    };
    Ok(body.to_bytes())
}
