{#- Days that something came for, late or corrected, are computed anew, whole. -#}
{{ config(unique_key=['day', 'touchpoint']) }}

select
    (answered_at at time zone 'UTC')::date as day,
    touchpoint,
    nps(recommend) as recommendation,
    likert(satisfaction, 1, 5) as satisfaction,
    likert(ease, 1, 7) as ease,
    max(loaded_at) as loaded_at
from {{ source('landing', 'responses') }}
{% if is_incremental() %}
where (answered_at at time zone 'UTC')::date in (
    select (answered_at at time zone 'UTC')::date
    from {{ source('landing', 'responses') }}
    where loaded_at > (select max(loaded_at) from {{ this }})
)
{% endif %}
group by 1, 2
