//! The page.
use yew::prelude::*;

/// The whole page.
#[function_component]
pub fn App() -> Html {
    html! { <main><h1>{ "Harbor Point" }</h1></main> }
}
